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
    <message numerus="yes">
        <source>%n photograph(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
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
</context>
<context>
    <name>Errands</name>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>剪贴板中没有图片。</translation>
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
    <message numerus="yes">
        <source>A repair was interrupted here: %n photograph(s) to do.</source>
        <translation>
            <numerusform>此处有中断的修复：还有 %n 张照片待处理。</numerusform>
        </translation>
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
