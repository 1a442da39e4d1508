<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Likeness</source>
        <translation>关于 Likeness</translation>
    </message>
    <message>
        <source>Likeness %1</source>
        <translation>Likeness %1</translation>
    </message>
    <message>
        <source>Everything is computed on this computer. No photograph, no face and no number leaves it. Restored details are plausible, not evidence.</source>
        <translation>一切都在这台电脑上计算，照片、人脸和任何数据都不会离开它。修复出的细节是合理的推测，不能作为证据。</translation>
    </message>
    <message>
        <source>Models and their licences</source>
        <translation>模型及其许可</translation>
    </message>
    <message>
        <source>Back to the models</source>
        <translation>返回模型列表</translation>
    </message>
    <message>
        <source>Third-party licences</source>
        <translation>第三方许可</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Model card: data, figures, limits</source>
        <translation>模型说明：数据、指标与局限</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>F&amp;aces</source>
        <translation>人脸(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Show the saved file in its folder</source>
        <translation>在文件夹中显示已保存的文件</translation>
    </message>
    <message>
        <source>People…</source>
        <translation>人物…</translation>
    </message>
    <message>
        <source>Repair a whole album…</source>
        <translation>修复整个相册…</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>偏好设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>整张照片</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Show the result</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Compare with a divider</source>
        <translation>用分隔线对比</translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation>并排对比</translation>
    </message>
    <message>
        <source>Mark the faces</source>
        <translation>标出人脸</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>下一张照片</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>上一张照片</translation>
    </message>
    <message>
        <source>Restore faces</source>
        <translation>修复人脸</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Next face</source>
        <translation>下一张人脸</translation>
    </message>
    <message>
        <source>Previous face</source>
        <translation>上一张人脸</translation>
    </message>
    <message>
        <source>Switch this face on or off</source>
        <translation>打开或关闭这张人脸</translation>
    </message>
    <message>
        <source>What is invented here?</source>
        <translation>这里哪些是虚构的？</translation>
    </message>
    <message>
        <source>Choose a portrait for this face…</source>
        <translation>为这张人脸选择肖像…</translation>
    </message>
    <message>
        <source>Add a face by hand</source>
        <translation>手动添加人脸</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Short tour</source>
        <translation>快速导览</translation>
    </message>
    <message>
        <source>About Likeness</source>
        <translation>关于 Likeness</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Back to the defaults</source>
        <translation>恢复默认设置</translation>
    </message>
</context>
<context>
    <name>Album</name>
    <message>
        <source>Sorting the faces by person…</source>
        <translation>正在按人物整理人脸…</translation>
    </message>
</context>
<context>
    <name>AlbumPanel</name>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>最近的文件夹</translation>
    </message>
    <message>
        <source>Photographs in this folder</source>
        <translation>此文件夹中的照片</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Use as the portrait of the chosen face</source>
        <translation>用作所选人脸的参考肖像</translation>
    </message>
    <message>
        <source>Open a folder to see its photographs here.</source>
        <translation>打开文件夹即可在此查看其中的照片。</translation>
    </message>
    <message>
        <source>This folder cannot be read (%1).</source>
        <translation>无法读取此文件夹（%1）。</translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no photograph in this folder itself; looking for people reaches the folders below.</source>
        <translation>此文件夹中没有照片；查找人物时会包括其下的子文件夹。</translation>
    </message>
    <message>
        <source>There is no photograph in this folder.</source>
        <translation>此文件夹中没有照片。</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Pasted picture</source>
        <extracomment>Steps of one number are one. A face&apos;s own slider adds the face&apos;s index, so it comes last.</extracomment>
        <translation>粘贴的图片</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Faithful</source>
        <translation>忠实</translation>
    </message>
    <message>
        <source>Brings back what the photograph still tells, quickly, and invents nothing.</source>
        <translation>快速找回照片中仍然留存的信息，不凭空添加。</translation>
    </message>
    <message>
        <source>With portrait</source>
        <translation>借助肖像</translation>
    </message>
    <message>
        <source>Takes lost skin, hair and eyes from a portrait of the person.</source>
        <translation>从此人的肖像中取用丢失的皮肤、头发和眼睛。</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>生动</translation>
    </message>
    <message>
        <source>For bad damage: imagines lost detail and keeps to the person.</source>
        <translation>适用于严重受损：想象失去的细节，并保持人物身份。</translation>
    </message>
    <message>
        <source>Vivid, fast (distilled)</source>
        <translation>生动（快速，蒸馏版）</translation>
    </message>
    <message>
        <source>Vivid in one step: several times faster, a little softer.</source>
        <translation>“生动”的一步版本：速度快数倍，略柔和。</translation>
    </message>
    <message>
        <source>Rich detail</source>
        <translation>细节丰富</translation>
    </message>
    <message>
        <source>Adds skin, hair and eyes as it knows them from many faces.</source>
        <translation>依据大量人脸补充皮肤、头发和眼睛的细节。</translation>
    </message>
    <message>
        <source>No portrait was given: the faces show only what the photograph itself tells.</source>
        <translation>没有提供肖像：人脸只显示照片本身保留的内容。</translation>
    </message>
    <message>
        <source>It is not certain that this is a face.</source>
        <translation>不能确定这是一张人脸。</translation>
    </message>
    <message>
        <source>This face is too small to be restored faithfully.</source>
        <translation>这张人脸太小，无法忠实修复。</translation>
    </message>
    <message>
        <source>Not chosen.</source>
        <translation>未选择。</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>正在寻找人脸</translation>
    </message>
    <message>
        <source>Putting the faces back</source>
        <translation>正在放回人脸</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Stopped as you asked; nothing was changed.</source>
        <translation>已按您的要求停止，未作任何改动。</translation>
    </message>
    <message>
        <source>Stopped as you asked; what was finished is kept, the rest is queued.</source>
        <translation>已按您的要求停止；完成的已保留，其余等待处理。</translation>
    </message>
    <message>
        <source>crisp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>fairly sharp</source>
        <translation>较清晰</translation>
    </message>
    <message>
        <source>the same pose</source>
        <translation>姿势相同</translation>
    </message>
    <message>
        <source>taken in the same year</source>
        <translation>同年拍摄</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA 显卡 (CUDA)</translation>
    </message>
    <message>
        <source>Graphics card (DirectML)</source>
        <translation>显卡 (DirectML)</translation>
    </message>
    <message>
        <source>Apple graphics and neural engine (CoreML)</source>
        <translation>Apple 图形与神经引擎 (CoreML)</translation>
    </message>
    <message>
        <source>There is not enough memory for this face; close other programs.</source>
        <translation>内存不足以处理这张人脸，请关闭其他程序。</translation>
    </message>
    <message>
        <source>Face %1 of %2</source>
        <extracomment>Sentences with names or numbers in them.</extracomment>
        <translation>人脸 %1 / %2</translation>
    </message>
    <message>
        <source>You chose it (%1)</source>
        <translation>由您选择（%1）</translation>
    </message>
    <message>
        <source>You confirmed that it is the same person (%1)</source>
        <translation>您已确认是同一个人（%1）</translation>
    </message>
    <message>
        <source>Certainly the same person (%1)</source>
        <translation>肯定是同一个人（%1）</translation>
    </message>
    <message>
        <source>Probably the same person (%1)</source>
        <translation>很可能是同一个人（%1）</translation>
    </message>
    <message>
        <source>Possibly the same person (%1)</source>
        <translation>可能是同一个人（%1）</translation>
    </message>
    <message>
        <source>Grouped with this person, but not very alike (%1)</source>
        <translation>已归入此人，但不太相像（%1）</translation>
    </message>
    <message>
        <source>turned by %1 more</source>
        <translation>头部多转 %1</translation>
    </message>
    <message>
        <source>taken %1 years apart</source>
        <translation>拍摄相隔 %1 年</translation>
    </message>
    <message>
        <source>%1 seems to show another person.</source>
        <translation>%1 似乎是另一个人。</translation>
    </message>
    <message>
        <source>It is not certain that %1 shows the same person.</source>
        <translation>无法确定 %1 是同一个人。</translation>
    </message>
    <message>
        <source>%1 is too blurred to help; choose a sharper one.</source>
        <translation>%1 太模糊，帮不上忙；请选择更清晰的肖像。</translation>
    </message>
    <message>
        <source>%1 is a little soft and lends little detail.</source>
        <translation>%1 略显模糊，能提供的细节不多。</translation>
    </message>
    <message>
        <source>%1 shows the head from quite another side; choose a more similar pose.</source>
        <translation>%1 中头部的角度差别太大；请选择姿势更接近的肖像。</translation>
    </message>
    <message>
        <source>%1 shows the head turned otherwise and helps less.</source>
        <translation>%1 中头部转向不同，帮助较小。</translation>
    </message>
    <message>
        <source>%1 shows the head strongly tilted and helps less.</source>
        <translation>%1 中头部倾斜较大，帮助较小。</translation>
    </message>
    <message>
        <source>The method &apos;%1&apos; does not use portraits; the portrait was only compared.</source>
        <translation>“%1”方法不使用肖像；肖像仅用于比较。</translation>
    </message>
    <message>
        <source>No clear face was found in the portrait &apos;%1&apos;; choose another portrait.</source>
        <translation>在肖像“%1”中没有找到清晰的人脸；请选择其他肖像。</translation>
    </message>
    <message>
        <source>%1 is out of memory; the processor went on in its place.</source>
        <translation>%1 内存不足；已改由处理器继续。</translation>
    </message>
    <message>
        <source>%1 failed; the processor went on in its place.</source>
        <translation>%1 出现故障；已改由处理器继续。</translation>
    </message>
    <message>
        <source>%1 The processor is used instead.</source>
        <translation>%1 已改用处理器。</translation>
    </message>
    <message>
        <source>There is not enough memory for this photograph; close other programs.</source>
        <translation>内存不足以处理这张照片，请关闭其他程序。</translation>
    </message>
    <message>
        <source>The device stopped in the middle of a run; try again.</source>
        <translation>设备在运行途中停止了，请重试。</translation>
    </message>
    <message>
        <source>ONNX Runtime does not load; install Likeness again.</source>
        <translation>无法加载 ONNX Runtime，请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>A newer driver may help.</source>
        <translation>更新显卡驱动程序或许会有帮助。</translation>
    </message>
    <message>
        <source>Its EXIF data is damaged and cannot be kept.</source>
        <translation>这张照片的 EXIF 数据已损坏，无法保留。</translation>
    </message>
    <message>
        <source>It holds several pictures; only the first one is used.</source>
        <translation>文件中包含多张图片，只使用第一张。</translation>
    </message>
    <message>
        <source>It is in CMYK (printing colours); the result will be in sRGB.</source>
        <translation>这张照片采用 CMYK（印刷色），结果将为 sRGB。</translation>
    </message>
    <message>
        <source>It is in CMYK (printing colours); the result will be in sRGB, roughly converted: it has no usable profile.</source>
        <translation>这张照片采用 CMYK（印刷色），结果将为 sRGB；由于没有可用的颜色配置文件，只能粗略转换。</translation>
    </message>
    <message>
        <source>It is in Lab colours; the result will be in sRGB.</source>
        <translation>这张照片采用 Lab 颜色，结果将为 sRGB。</translation>
    </message>
    <message>
        <source>Its colour profile works for reading only; the result will be in sRGB.</source>
        <translation>这张照片的颜色配置文件只能用于读取，结果将为 sRGB。</translation>
    </message>
    <message>
        <source>Its colour profile is damaged or of the wrong kind; its colours are taken as sRGB.</source>
        <translation>这张照片的颜色配置文件已损坏或类型不符，其颜色按 sRGB 处理。</translation>
    </message>
    <message>
        <source>The face lies outside the photograph.</source>
        <translation>这张人脸在照片之外。</translation>
    </message>
    <message>
        <source>The five points are not arranged like a face; place them on the eyes, the nose tip and the corners of the mouth.</source>
        <translation>五个点的位置不像一张人脸；请把它们放在眼睛、鼻尖和嘴角上。</translation>
    </message>
    <message>
        <source>The points of the face are not numbers.</source>
        <translation>人脸的点不是数字。</translation>
    </message>
    <message>
        <source>The face is too small: its points lie on one spot.</source>
        <translation>这张人脸太小：所有的点都落在同一处。</translation>
    </message>
    <message>
        <source>The points of the face lie on one line.</source>
        <translation>人脸的点都在一条直线上。</translation>
    </message>
    <message>
        <source>The method&apos;s result is not a picture; try another one or the CPU.</source>
        <translation>此方法的结果不是图片；请尝试其他方法，或改用处理器。</translation>
    </message>
    <message>
        <source>A face needs five points: the eyes, the nose and the mouth&apos;s corners.</source>
        <translation>一张人脸需要五个点：两只眼睛、鼻子和两侧嘴角。</translation>
    </message>
    <message>
        <source>These points lie too close together; zoom in and set them again.</source>
        <translation>这些点离得太近；请放大照片后重新设置。</translation>
    </message>
    <message>
        <source>This box is too small for a face; zoom in and draw it again.</source>
        <translation>这个框太小，容不下一张人脸；请放大照片后重新画。</translation>
    </message>
    <message>
        <source>This box lies beside the photograph; draw it around a face.</source>
        <translation>这个框在照片之外；请把它画在一张人脸周围。</translation>
    </message>
    <message>
        <source>The face was restored without it.</source>
        <translation>修复这张人脸时没有使用此肖像。</translation>
    </message>
    <message>
        <source>Stopped as you asked; what was read so far is kept.</source>
        <translation>已按您的要求停止；已读取的内容已保留。</translation>
    </message>
    <message>
        <source>A name must have at least one letter.</source>
        <translation>姓名至少要有一个字。</translation>
    </message>
    <message>
        <source>A face cannot be its own portrait; choose another.</source>
        <translation>人脸不能用作它自己的肖像，请选择其他肖像。</translation>
    </message>
    <message>
        <source>The restored photographs need a folder of their own; name another.</source>
        <translation>修复后的照片需要单独的文件夹，请另选一个。</translation>
    </message>
    <message>
        <source>The album&apos;s index is in use by another Likeness; wait until that is done.</source>
        <translation>相册索引正被另一个 Likeness 使用；请等它完成。</translation>
    </message>
    <message>
        <source>The journal is in use by another Likeness; wait until that is done.</source>
        <translation>修复日志正被另一个 Likeness 使用；请等它完成。</translation>
    </message>
    <message>
        <source>This file cannot be used (%1); check the drive it is on.</source>
        <extracomment>Sentences with names or numbers in them; the most specific first.</extracomment>
        <translation>无法使用此文件（%1）；请检查它所在的驱动器。</translation>
    </message>
    <message>
        <source>Likeness met an error of its own here (%1: %2).</source>
        <translation>Likeness 在此遇到了自身的错误（%1：%2）。</translation>
    </message>
    <message>
        <source>%1 (NVIDIA graphics card (CUDA))</source>
        <translation>%1（NVIDIA 显卡 (CUDA)）</translation>
    </message>
    <message>
        <source>%1 (Graphics card (DirectML))</source>
        <translation>%1（显卡 (DirectML)）</translation>
    </message>
    <message>
        <source>%1 (Apple graphics and neural engine (CoreML))</source>
        <translation>%1（Apple 图形与神经引擎 (CoreML)）</translation>
    </message>
    <message>
        <source>%1 computes wrong numbers; Likeness goes on on the processor.</source>
        <translation>%1 计算结果有误；Likeness 已改用处理器继续。</translation>
    </message>
    <message>
        <source>%1 cannot run &apos;%2&apos; (%3); Likeness goes on on the processor.</source>
        <translation>%1 无法运行“%2”（%3）；Likeness 已改用处理器继续。</translation>
    </message>
    <message>
        <source>%1 is out of memory while running &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 在运行“%2”时内存不足；请选择其他设备后重试。</translation>
    </message>
    <message>
        <source>%1 failed while running &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 在运行“%2”时出现故障；请选择其他设备后重试。</translation>
    </message>
    <message>
        <source>%1 is out of memory while opening &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 在打开“%2”时内存不足；请选择其他设备后重试。</translation>
    </message>
    <message>
        <source>%1 failed while opening &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 在打开“%2”时出现故障；请选择其他设备后重试。</translation>
    </message>
    <message>
        <source>This computer has no device &apos;%1&apos; that Likeness can use; choose one of: %2.</source>
        <translation>这台电脑没有 Likeness 可用的设备“%1”；请从以下设备中选择：%2。</translation>
    </message>
    <message>
        <source>Two ONNX Runtimes are installed (%1) and overwrite each other; uninstall both and install Likeness again.</source>
        <translation>安装了两个 ONNX Runtime（%1），它们会互相覆盖；请卸载这两个，然后重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The list of models does not name &apos;%1&apos;; install Likeness again.</source>
        <translation>模型列表中没有“%1”；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The list of models &apos;%1&apos; is damaged; install Likeness again.</source>
        <translation>模型列表“%1”已损坏；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The list of models &apos;%1&apos; is damaged or of a newer Likeness; delete it and import its models again.</source>
        <translation>模型列表“%1”已损坏，或来自更新版本的 Likeness；请删除它并重新导入其中的模型。</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; does not open; install Likeness again or import the model once more.</source>
        <translation>无法打开模型“%1”；请重新安装 Likeness，或再次导入该模型。</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; is not there yet; get it with `likeness models import FILE`.</source>
        <translation>还没有模型“%1”；请用 `likeness models import 文件` 导入。</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; is not installed; install Likeness again.</source>
        <translation>模型“%1”未安装；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; has no part &apos;%2&apos;; install Likeness again.</source>
        <translation>模型“%1”中没有“%2”这一部分；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The file &apos;%1&apos; of the model &apos;%2&apos; is missing; install Likeness again.</source>
        <translation>模型“%2”缺少文件“%1”；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>The file &apos;%1&apos; of the model &apos;%2&apos; is damaged; install Likeness again.</source>
        <translation>模型“%2”的文件“%1”已损坏；请重新安装 Likeness。</translation>
    </message>
    <message>
        <source>There is no method &apos;%1&apos;; choose one of: %2.</source>
        <translation>没有方法“%1”；请从以下方法中选择：%2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a raw file of a camera; export it as TIFF or JPEG and restore that.</source>
        <translation>“%1”是相机的原始文件；请导出为 TIFF 或 JPEG 后再修复。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is empty (0 bytes); copy it again from where it came from.</source>
        <translation>“%1”是空文件（0 字节）；请从原处重新复制。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is damaged or incomplete; copy it again from where it came from.</source>
        <translation>“%1”已损坏或不完整；请从原处重新复制。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; claims more than %2 megapixels, which is too large; make a smaller copy of it and restore that.</source>
        <translation>“%1”标称超过 %2 百万像素，尺寸过大；请制作一份较小的副本再修复。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a picture, or of a kind that Likeness cannot read; open it in another program and save it as JPEG, PNG or TIFF.</source>
        <translation>“%1”不是图片，或是 Likeness 无法读取的类型；请在其他程序中打开，并另存为 JPEG、PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; needs more memory than is free; close other programs or use a smaller copy.</source>
        <translation>“%1”所需的内存超过可用内存；请关闭其他程序，或使用较小的副本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has 32 bits per sample; save it with 8 or 16 bits and try again.</source>
        <translation>“%1”每个颜色值为 32 位；请以 8 位或 16 位保存后重试。</translation>
    </message>
    <message>
        <source>Its %1 bits per colour are read as 8.</source>
        <translation>这张照片每种颜色 %1 位，将按 8 位读取。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a folder; choose the pictures inside it.</source>
        <translation>“%1”是文件夹；请选择其中的图片。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a device or a pipe; choose a picture file.</source>
        <translation>“%1”是设备或管道；请选择图片文件。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is larger than 8 GB; make a smaller copy of it.</source>
        <translation>“%1”大于 8 GB；请制作一份较小的副本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not there; it may have been moved, renamed or be on an unplugged drive.</source>
        <translation>找不到“%1”；它可能已被移动、重命名，或在未连接的驱动器上。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; may not be read by you; ask its owner or copy it to your own folder.</source>
        <translation>您没有读取“%1”的权限；请联系文件的所有者，或将它复制到您自己的文件夹。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be read (%2); check the drive it is on.</source>
        <translation>无法读取“%1”（%2）；请检查它所在的驱动器。</translation>
    </message>
    <message>
        <source>The portrait &apos;%1&apos; is gone; choose it again.</source>
        <translation>肖像“%1”已不在；请重新选择。</translation>
    </message>
    <message>
        <source>The suggested face in %1 stands too close to others to be cut out; choose another portrait.</source>
        <translation>%1 中推荐的人脸离其他人脸太近，无法单独裁出；请选择其他肖像。</translation>
    </message>
    <message>
        <source>Likeness cannot write %1 files; choose .jpg, .png, .tif, .webp or .bmp.</source>
        <translation>Likeness 无法写入 %1 文件；请选择 .jpg、.png、.tif、.webp 或 .bmp。</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 pixels does not fit into &quot;%3&quot;; choose .png or .tif.</source>
        <translation>%1 x %2 像素的图片无法存入“%3”；请选择 .png 或 .tif。</translation>
    </message>
    <message>
        <source>The picture could not be made into &quot;%1&quot;; choose another kind of file, such as .png or .tif.</source>
        <translation>无法将图片存为“%1”；请选择其他文件类型，例如 .png 或 .tif。</translation>
    </message>
    <message>
        <source>The disk is full: &quot;%1&quot; was not written; make room or choose another folder.</source>
        <translation>磁盘已满：未写入“%1”；请腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>You may not write to the folder &quot;%1&quot;; choose another folder.</source>
        <translation>您没有写入文件夹“%1”的权限；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; is not there; make it or choose another folder.</source>
        <translation>文件夹“%1”不存在；请创建它，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; is too long here; choose a shorter one.</source>
        <translation>名称“%1”在这里太长；请选择较短的名称。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be written (%2); try another folder or drive.</source>
        <translation>无法写入“%1”（%2）；请尝试其他文件夹或驱动器。</translation>
    </message>
    <message>
        <source>%1 of the restored faces can hardly be seen in the photograph: look closely at what was made of them, or switch them off.</source>
        <translation>有 %1 张修复的人脸在照片中几乎看不清：请仔细查看修复结果，或将它们关闭。</translation>
    </message>
    <message>
        <source>There is no face %1: the photograph has %2 (counted from 0, largest first).</source>
        <translation>没有人脸 %1：照片中共有 %2 张（从 0 开始计数，最大的排在最前）。</translation>
    </message>
    <message>
        <source>An aligned face has %1 x %2 pixels, not %3.</source>
        <translation>对齐后的人脸应为 %1 x %2 像素，而不是 %3。</translation>
    </message>
    <message>
        <source>There is no photograph in %1 now, but %2 were there before; plug in its drive, or choose another folder.</source>
        <translation>%1 中现在没有照片，但之前有 %2 张；请连接其驱动器，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder %1 for the album&apos;s index cannot be made (%2); name another one in the variable %3.</source>
        <translation>无法创建存放相册索引的文件夹 %1（%2）；请在变量 %3 中另行指定。</translation>
    </message>
    <message>
        <source>The folder %1 is not there; it may have been moved or be on an unplugged drive.</source>
        <translation>找不到文件夹 %1；它可能已被移动，或在未连接的驱动器上。</translation>
    </message>
    <message>
        <source>The folder %1 is not there any more; plug in its drive and go on.</source>
        <translation>文件夹 %1 已不在；请连接其驱动器，然后继续。</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; cannot be made (%2); choose another one.</source>
        <translation>无法创建文件夹“%1”（%2）；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made (%2); choose another one.</source>
        <translation>无法创建文件夹 %1（%2）；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read (%2); choose another one.</source>
        <translation>无法读取文件夹 %1（%2）；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read (%2).</source>
        <translation>无法读取文件夹 %1（%2）。</translation>
    </message>
    <message>
        <source>The file %1 cannot be looked at (%2); check its drive.</source>
        <translation>无法查看文件 %1（%2）；请检查它所在的驱动器。</translation>
    </message>
    <message>
        <source>%1 is a file; name the folder of the album.</source>
        <translation>%1 是文件；请选择相册所在的文件夹。</translation>
    </message>
    <message>
        <source>%1 cannot be written to (%2); choose another folder.</source>
        <translation>无法写入 %1（%2）；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>%1 holds the repair of another album (%2); choose another folder.</source>
        <translation>%1 中存放着另一个相册（%2）的修复结果；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Another Likeness is repairing %1; wait for it, or stop it first.</source>
        <translation>另一个 Likeness 正在修复 %1；请等它完成，或先将它停止。</translation>
    </message>
    <message>
        <source>Another Likeness is writing to %1; wait for it, or stop it first.</source>
        <translation>另一个 Likeness 正在写入 %1；请等它完成，或先将它停止。</translation>
    </message>
    <message>
        <source>The disk of %1 is full; make room and go on.</source>
        <translation>%1 所在的磁盘已满；请腾出空间后继续。</translation>
    </message>
    <message>
        <source>The disk of %1 may become full: about %2 are needed and %3 are free; the run stops cleanly when it is, and can go on later.</source>
        <translation>%1 所在的磁盘可能会满：约需 %2，可用 %3；磁盘满时修复会正常停止，以后可以继续。</translation>
    </message>
    <message>
        <source>The album&apos;s index %1 was made by a newer Likeness; update this one.</source>
        <translation>相册索引 %1 由更新版本的 Likeness 创建；请更新本程序。</translation>
    </message>
    <message>
        <source>The journal %1 was made by a newer Likeness; update this one.</source>
        <translation>修复日志 %1 由更新版本的 Likeness 创建；请更新本程序。</translation>
    </message>
    <message>
        <source>The disk of the album&apos;s index %1 is full; free some space and go on.</source>
        <translation>相册索引 %1 所在的磁盘已满；请腾出一些空间后继续。</translation>
    </message>
    <message>
        <source>The disk of the journal %1 is full; free some space and go on.</source>
        <translation>修复日志 %1 所在的磁盘已满；请腾出一些空间后继续。</translation>
    </message>
    <message>
        <source>The album&apos;s index %1 cannot be used (%2); if this stays so, delete it and begin again.</source>
        <translation>无法使用相册索引 %1（%2）；如果一直如此，请将它删除后重新开始。</translation>
    </message>
    <message>
        <source>The journal %1 cannot be used (%2); if this stays so, delete it and begin again.</source>
        <translation>无法使用修复日志 %1（%2）；如果一直如此，请将它删除后重新开始。</translation>
    </message>
    <message>
        <source>There is no person &apos;%1&apos;; `likeness album people` lists them.</source>
        <translation>没有人物“%1”；`likeness album people` 会列出所有人物。</translation>
    </message>
    <message>
        <source>There is no face %1; `likeness album people --json` lists them.</source>
        <translation>没有人脸 %1；`likeness album people --json` 会列出所有人脸。</translation>
    </message>
    <message>
        <source>There is no face %1; `likeness album references` lists them.</source>
        <translation>没有人脸 %1；`likeness album references` 会列出所有人脸。</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>There is no picture in the clipboard.</source>
        <extracomment>What came of a repair and was not looked at yet.</extracomment>
        <translation>剪贴板中没有图片。</translation>
    </message>
    <message>
        <source>The repair of the album “%1” stopped before its end.</source>
        <translation>相册“%1”的修复在完成之前停止了。</translation>
    </message>
    <message>
        <source>The repair of the album “%1” is done.</source>
        <translation>相册“%1”已修复完成。</translation>
    </message>
    <message>
        <source>The repair of the album “%1” failed.</source>
        <translation>相册“%1”的修复失败。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>The album “%1” is still being repaired.</source>
        <translation>相册“%1”仍在修复中。</translation>
    </message>
    <message>
        <source>Quitting stops the repair. What is finished is kept, and it can go on later.</source>
        <translation>退出会停止修复。已完成的部分会保留，以后可以继续。</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Go on repairing</source>
        <translation>继续修复</translation>
    </message>
    <message>
        <source>Open a photo first: the tour shows what to do with it.</source>
        <translation>请先打开一张照片：导览会介绍如何处理它。</translation>
    </message>
</context>
<context>
    <name>FacePicker</name>
    <message>
        <source>Arrow keys move the frame, + and - change its size. Enter adds the face.</source>
        <translation>方向键移动边框，+ 和 - 改变大小，回车键添加人脸。</translation>
    </message>
    <message>
        <source>Click one eye, draw a box around the face, or press an arrow key for a frame.</source>
        <translation>点击一只眼睛，在脸周围画一个框，或按方向键显示边框。</translation>
    </message>
    <message>
        <source>Click the other eye.</source>
        <translation>点击另一只眼睛。</translation>
    </message>
    <message>
        <source>Click the tip of the nose.</source>
        <translation>点击鼻尖。</translation>
    </message>
    <message>
        <source>Click one corner of the mouth.</source>
        <translation>点击一侧嘴角。</translation>
    </message>
    <message>
        <source>Click the other corner of the mouth.</source>
        <translation>点击另一侧嘴角。</translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message>
        <source>Drop a good portrait of the same person on a face to bring back what is lost.</source>
        <extracomment>Of the tiles in logical pixels: on a low screen, usually, with much to say.</extracomment>
        <translation>把同一个人的清晰肖像拖到人脸上，找回照片失去的细节。</translation>
    </message>
    <message>
        <source>Add a face…</source>
        <translation>添加人脸…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>正在寻找人脸…</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more, small or uncertain</source>
        <translation>
            <numerusform>再显示 %n 张较小或不确定的</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n 张人脸</numerusform>
        </translation>
    </message>
    <message>
        <source>No face was found.</source>
        <translation>没有找到人脸。</translation>
    </message>
    <message>
        <source>You can point at one yourself.</source>
        <translation>您可以自己指出一张。</translation>
    </message>
</context>
<context>
    <name>FaceTile</name>
    <message>
        <source>Face %1</source>
        <translation>人脸 %1</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修复后</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>肖像</translation>
    </message>
    <message>
        <source>Restore this face</source>
        <translation>修复这张人脸</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在修复…</translation>
    </message>
    <message>
        <source>Options of this face</source>
        <translation>这张人脸的选项</translation>
    </message>
    <message>
        <source>Drop a good portrait of the same person here</source>
        <translation>把同一个人的清晰肖像拖到这里</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>保持原样。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not restored</source>
        <translation>未修复</translation>
    </message>
    <message>
        <source>Likeness to the portrait: %1 → %2</source>
        <translation>与肖像的相似度：%1 → %2</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Likeness to the portrait: %1</source>
        <translation>与肖像的相似度：%1</translation>
    </message>
</context>
<context>
    <name>FileChoice</name>
    <message>
        <source>Photographs</source>
        <extracomment>What waits for the file to be written.</extracomment>
        <translation>照片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>Choose a good portrait of the same person</source>
        <translation>选择同一个人的清晰肖像</translation>
    </message>
    <message>
        <source>The restored faces of %1 are not saved.</source>
        <translation>%1 中修复的人脸尚未保存。</translation>
    </message>
    <message>
        <source>The original photograph is untouched in any case.</source>
        <translation>无论如何，原始照片都不会被改动。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>HandWork</name>
    <message>
        <source>Portrait</source>
        <translation>肖像</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>忠实度</translation>
    </message>
    <message>
        <source>Face on or off</source>
        <translation>打开或关闭人脸</translation>
    </message>
    <message>
        <source>Face removed</source>
        <translation>移除人脸</translation>
    </message>
</context>
<context>
    <name>InventionDialog</name>
    <message>
        <source>What is invented here?</source>
        <translation>这里哪些是虚构的？</translation>
    </message>
    <message>
        <source>This face is restored a few times more, to see what stays the same.</source>
        <translation>正在将这张脸再修复几次，以查看哪些部分保持不变。</translation>
    </message>
    <message>
        <source>The result</source>
        <translation>修复结果</translation>
    </message>
    <message>
        <source>What is invented in it</source>
        <translation>其中虚构的部分</translation>
    </message>
    <message>
        <source>Grey: the photograph tells it, every try shows the same. Red to yellow: invented, another try shows something else there. Do not take that for a likeness.</source>
        <translation>灰色：照片中可见，每次修复结果相同。红色至黄色：虚构，再次修复会得到不同结果。请勿将其视为本人真实样貌。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Likeness</name>
    <message>
        <source>clearly the same person</source>
        <translation>显然是同一个人</translation>
    </message>
    <message>
        <source>very likely the same person</source>
        <translation>很可能是同一个人</translation>
    </message>
    <message>
        <source>perhaps the same person</source>
        <translation>也许是同一个人</translation>
    </message>
    <message>
        <source>may look like somebody else</source>
        <translation>可能看起来像别人</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Likeness did not end well last time. Your work on %1 was kept.</source>
        <translation>Likeness 上次没有正常结束。您对 %1 的工作已保留。</translation>
    </message>
    <message>
        <source>a pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>MethodForm</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>What fits each face</source>
        <translation>自动选择适合每张脸的方法</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>忠实度</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>更丰富</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>更忠实</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>all restored</source>
        <translation>完全修复</translation>
    </message>
    <message>
        <source>“%1” always stays as faithful as it can.</source>
        <translation>“%1”始终尽可能忠实。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>PeopleBar</name>
    <message>
        <source>Finds the faces in all photographs of this folder, so that portraits can be suggested. It runs in the background.</source>
        <translation>在此文件夹的所有照片中查找人脸，以便推荐肖像。在后台运行。</translation>
    </message>
    <message>
        <source>Looking for people…</source>
        <translation>正在查找人物…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Look for people</source>
        <translation>查找人物</translation>
    </message>
    <message numerus="yes">
        <source>People known in %n photograph(s)</source>
        <translation>
            <numerusform>已了解 %n 张照片中的人物</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable file(s)…</source>
        <translation>
            <numerusform>%n 个无法读取的文件…</numerusform>
        </translation>
    </message>
    <message>
        <source>These files could not be read; all the others were looked at.</source>
        <translation>无法读取这些文件；其余文件均已查看。</translation>
    </message>
</context>
<context>
    <name>PeopleWindow</name>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Faces of this person</source>
        <translation>此人的人脸</translation>
    </message>
    <message>
        <source>Show ignored people</source>
        <translation>显示已忽略的人物</translation>
    </message>
    <message>
        <source>Name of this person</source>
        <translation>此人的姓名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>命名</translation>
    </message>
    <message>
        <source>All the same person</source>
        <translation>都是同一个人</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation>不是此人</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>另一个人</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n 张人脸</numerusform>
        </translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>已忽略</translation>
    </message>
    <message>
        <source>Certain</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>The program thinks so</source>
        <translation>程序的推测</translation>
    </message>
    <message>
        <source>No longer ignore</source>
        <translation>不再忽略</translation>
    </message>
    <message>
        <source>Somebody else is called “%1” already.</source>
        <translation>已有另一个人名为“%1”。</translation>
    </message>
    <message>
        <source>If that is the same person, the faces of both are put together.</source>
        <translation>如果是同一个人，两者的人脸将合并在一起。</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>是同一个人</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PersonSettings</name>
    <message>
        <source>Settings per person</source>
        <translation>每个人物的设置</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Settings of their own</source>
        <translation>单独设置</translation>
    </message>
    <message>
        <source>Look for people</source>
        <translation>查找人物</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Everybody else is restored with the settings of the repair.</source>
        <translation>其他所有人都按修复的设置处理。</translation>
    </message>
    <message>
        <source>Nobody is known in this album yet.</source>
        <translation>此相册中还没有已知的人物。</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n 张人脸</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoArea</name>
    <message>
        <source>Hold to see the photo as it was (Space)</source>
        <translation>按住查看原来的照片（空格键）</translation>
    </message>
    <message>
        <source>Hold to see the photo as it was</source>
        <translation>按住查看原来的照片</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>放大倍数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修复后</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Frame: %1 % across, %2 % down, %3 pixels wide</source>
        <translation>边框：横向 %1 %，纵向 %2 %，宽 %3 像素</translation>
    </message>
</context>
<context>
    <name>Portraits</name>
    <message>
        <source>Portrait</source>
        <translation>肖像</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Write into the saved file what was done to it</source>
        <translation>在保存的文件中写明所做的处理</translation>
    </message>
    <message>
        <source>Another language is used from the next start on.</source>
        <translation>更改语言后将在下次启动时生效。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>Opening %1…</source>
        <translation>正在打开 %1…</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Open in folder</source>
        <translation>在文件夹中打开</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Do without it</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Open a photo to begin.</source>
        <translation>打开一张照片以开始。</translation>
    </message>
    <message>
        <source>%1 is read when this restoration has ended.</source>
        <translation>本次修复结束后将读取 %1。</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>正在寻找人脸…</translation>
    </message>
    <message>
        <source>Done in %1 s (%2). Changes show by themselves.</source>
        <translation>用时 %1 秒（%2）。更改会自动显示。</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) will be restored.</source>
        <translation>
            <numerusform>将修复 %n 张人脸。</numerusform>
        </translation>
    </message>
    <message>
        <source>Switch a face on, or add one by hand.</source>
        <translation>打开一张人脸，或手动添加一张。</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>预设名称：</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save these settings as a preset…</source>
        <translation>将这些设置保存为预设…</translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message>
        <source>Likeness</source>
        <translation>Likeness</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详细信息</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>There is not enough memory; close other programs and try again.</source>
        <translation>内存不足，请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>Something went wrong inside Likeness. Your photographs are untouched.</source>
        <translation>Likeness 内部出错了。您的照片未受影响。</translation>
    </message>
    <message>
        <source>Likeness stopped unexpectedly last time. Your photographs are untouched. The report below helps whoever repairs the program; it was sent to nobody.</source>
        <translation>Likeness 上次意外停止。您的照片未受影响。下面的报告有助于修复程序，它没有发送给任何人。</translation>
    </message>
</context>
<context>
    <name>RepairWindow</name>
    <message>
        <source>Repair a whole album</source>
        <translation>修复整个相册</translation>
    </message>
    <message>
        <source>Find portraits of the same person in the album</source>
        <translation>在相册中查找同一个人的肖像</translation>
    </message>
    <message>
        <source>Settings per person…</source>
        <translation>每个人物的设置…</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Try the failed again</source>
        <translation>重试失败的照片</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>Take a new folder</source>
        <translation>使用新文件夹</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Results go to</source>
        <translation>结果存放到</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The repair of another album lies here: %1. Choose another folder.</source>
        <translation>此处是另一个相册的修复结果：%1。请选择其他文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>A repair was interrupted here: %n photograph(s) to do.</source>
        <translation>
            <numerusform>此处有中断的修复：还有 %n 张照片待处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes on with the settings that it was begun with.</source>
        <translation>将沿用开始时的设置继续。</translation>
    </message>
    <message>
        <source>The originals are only read. You can stop at any time and go on later.</source>
        <translation>原件只会被读取。您可以随时停止，以后再继续。</translation>
    </message>
    <message>
        <source>Looking for people…</source>
        <translation>正在查找人物…</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>还剩 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 restored, %2 with nothing to do, %3 failed.</source>
        <translation>已修复 %1 张，无需处理 %2 张，失败 %3 张。</translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s) were finished before with other settings and stay as they are; a new folder takes all of them.</source>
        <translation>
            <numerusform>%n 张照片此前已用其他设置完成，保持不变；选择新文件夹可重新处理全部照片。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestorePanel</name>
    <message>
        <source>Fidelity</source>
        <translation>忠实度</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>更丰富</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>更忠实</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>all restored</source>
        <translation>完全修复</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>like the print</source>
        <translation>如同原照</translation>
    </message>
    <message>
        <source>As the photo tells</source>
        <translation>按照片判断</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>棕褐色</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>As the photo tells (%1)</source>
        <translation>按照片判断（%1）</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Restore faces</source>
        <translation>修复人脸</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在修复…</translation>
    </message>
    <message>
        <source>How to restore</source>
        <translation>修复方式</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>“%1” always stays as faithful as it can.</source>
        <translation>“%1”始终尽可能忠实。</translation>
    </message>
    <message>
        <source>“%1” has one answer only.</source>
        <translation>“%1”只有一种结果。</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>nothing lost</source>
        <translation>无损</translation>
    </message>
    <message>
        <source>JPEG: small, for sharing</source>
        <translation>JPEG：体积小，便于分享</translation>
    </message>
    <message>
        <source>WebP: small</source>
        <translation>WebP：体积小</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Folder to save in</source>
        <translation>保存到的文件夹</translation>
    </message>
    <message>
        <source>Choose a name without special characters.</source>
        <translation>请选择不含特殊字符的名称。</translation>
    </message>
    <message>
        <source>A file of that name exists. It is kept; the new one gets a number.</source>
        <translation>同名文件已存在。它会保留，新文件将加上编号。</translation>
    </message>
    <message>
        <source>The original is never touched.</source>
        <translation>原始文件绝不会被改动。</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Hold to see the photo as it was</source>
        <translation>按住查看原来的照片</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格键</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>移动照片</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>移动分隔线</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Shift + 方向键</translation>
    </message>
    <message>
        <source>Adding a face: move the frame</source>
        <translation>添加人脸：移动边框</translation>
    </message>
    <message>
        <source>Adding a face: size of the frame</source>
        <translation>添加人脸：边框大小</translation>
    </message>
    <message>
        <source>+ and -</source>
        <translation>+ 和 -</translation>
    </message>
    <message>
        <source>Adding a face: done, or leave</source>
        <translation>添加人脸：完成或取消</translation>
    </message>
    <message>
        <source>Enter, Esc</source>
        <translation>回车、Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Slider</name>
    <message>
        <source>%L1 %</source>
        <translation>%L1%</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Pasted picture</source>
        <extracomment>After the first restoration every change of a choice restores again.</extracomment>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Face added</source>
        <translation>添加人脸</translation>
    </message>
</context>
<context>
    <name>SuggestionBox</name>
    <message>
        <source>Same person? Look…</source>
        <translation>同一个人？查看…</translation>
    </message>
    <message>
        <source>Use this portrait</source>
        <translation>使用此肖像</translation>
    </message>
</context>
<context>
    <name>SuggestionQuestion</name>
    <message>
        <source>The same person?</source>
        <translation>是同一个人吗？</translation>
    </message>
    <message>
        <source>In this photograph</source>
        <translation>在这张照片中</translation>
    </message>
    <message>
        <source>A portrait of somebody else would give this face foreign features.</source>
        <translation>别人的肖像会给这张脸带来陌生的特征。</translation>
    </message>
    <message>
        <source>Yes, use this portrait</source>
        <translation>是，使用此肖像</translation>
    </message>
    <message>
        <source>No, somebody else</source>
        <translation>不，是别人</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>我不知道</translation>
    </message>
</context>
<context>
    <name>TileMenu</name>
    <message>
        <source>Choose a portrait…</source>
        <translation>选择肖像…</translation>
    </message>
    <message>
        <source>Accept the suggested portrait</source>
        <translation>接受推荐的肖像</translation>
    </message>
    <message>
        <source>Do without the portrait</source>
        <translation>不使用肖像</translation>
    </message>
    <message>
        <source>Fidelity of this face</source>
        <translation>这张人脸的忠实度</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>更丰富</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>更忠实</translation>
    </message>
    <message>
        <source>Same fidelity as the photo</source>
        <translation>与照片相同的忠实度</translation>
    </message>
    <message>
        <source>What is invented here?</source>
        <translation>这里哪些是虚构的？</translation>
    </message>
    <message>
        <source>Remove this face</source>
        <translation>移除这张人脸</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>These are the faces</source>
        <translation>这些是找到的人脸</translation>
    </message>
    <message>
        <source>Switch off whom you do not want to change. A good portrait of the same person, dropped on a face, lends it what the photograph lost.</source>
        <translation>关闭您不想改动的人脸。把同一人的清晰肖像拖到人脸上，它会补上照片丢失的细节。</translation>
    </message>
    <message>
        <source>Restore them</source>
        <translation>修复人脸</translation>
    </message>
    <message>
        <source>One click. Then move the sliders: the photo follows by itself.</source>
        <translation>点击一次即可。之后移动滑块，照片会自动随之变化。</translation>
    </message>
    <message>
        <source>Compare and save</source>
        <translation>比较并保存</translation>
    </message>
    <message>
        <source>Hold the space bar to see the photo as it was. Saving makes a new file; the original is never touched.</source>
        <translation>按住空格键可查看原来的照片。保存时会生成新文件，原图不会被改动。</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a photo here</source>
        <translation>把照片拖到这里</translation>
    </message>
    <message>
        <source>Likeness gives people back the faces in old photos, and keeps them the same person.</source>
        <translation>Likeness 让老照片里的人重现面容，而且始终是同一个人。</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Try a sample photo</source>
        <translation>试试示例照片</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open or drop an old photo. Its faces are found by themselves.</source>
        <translation>打开或拖入一张老照片，人脸会自动找到。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Restore the faces and compare before and after.</source>
        <translation>修复人脸，并比较前后效果。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save a new file. The original is never touched.</source>
        <translation>保存为新文件，原件绝不会被改动。</translation>
    </message>
    <message>
        <source>Everything stays on this computer. Nothing is uploaded.</source>
        <translation>一切都留在这台电脑上，不会上传任何内容。</translation>
    </message>
</context>
</TS>
