<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>About</name>
    <message>
        <source>About Likeness</source>
        <translation>Über Likeness</translation>
    </message>
    <message>
        <source>Likeness %1</source>
        <translation>Likeness %1</translation>
    </message>
    <message>
        <source>Everything is computed on this computer. No photograph, no face and no number leaves it. Restored details are plausible, not evidence.</source>
        <translation>Alles wird auf diesem Computer berechnet. Kein Foto, kein Gesicht und keine Zahl verlässt ihn. Wiederhergestellte Einzelheiten sind plausibel, aber kein Beweis.</translation>
    </message>
    <message>
        <source>Models and their licences</source>
        <translation>Modelle und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Back to the models</source>
        <translation>Zurück zu den Modellen</translation>
    </message>
    <message>
        <source>Third-party licences</source>
        <translation>Lizenzen Dritter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Model card: data, figures, limits</source>
        <translation>Modellkarte: Daten, Zahlen, Grenzen</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>F&amp;aces</source>
        <translation>&amp;Gesichter</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>Foto öffnen …</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Show the saved file in its folder</source>
        <translation>Gespeicherte Datei im Ordner zeigen</translation>
    </message>
    <message>
        <source>People…</source>
        <translation>Personen…</translation>
    </message>
    <message>
        <source>Repair a whole album…</source>
        <translation>Ein ganzes Album restaurieren…</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Show the result</source>
        <translation>Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Compare with a divider</source>
        <translation>Mit Trennlinie vergleichen</translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation>Nebeneinander vergleichen</translation>
    </message>
    <message>
        <source>Mark the faces</source>
        <translation>Gesichter markieren</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Restore faces</source>
        <translation>Gesichter wiederherstellen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Next face</source>
        <translation>Nächstes Gesicht</translation>
    </message>
    <message>
        <source>Previous face</source>
        <translation>Voriges Gesicht</translation>
    </message>
    <message>
        <source>Switch this face on or off</source>
        <translation>Dieses Gesicht ein- oder ausschalten</translation>
    </message>
    <message>
        <source>What is invented here?</source>
        <translation>Was ist hier erfunden?</translation>
    </message>
    <message>
        <source>Choose a portrait for this face…</source>
        <translation>Porträt für dieses Gesicht wählen …</translation>
    </message>
    <message>
        <source>Add a face by hand</source>
        <translation>Gesicht von Hand hinzufügen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Short tour</source>
        <translation>Kurze Führung</translation>
    </message>
    <message>
        <source>About Likeness</source>
        <translation>Über Likeness</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>More options</source>
        <translation>Weitere Optionen</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Back to the defaults</source>
        <translation>Zurück zur Voreinstellung</translation>
    </message>
</context>
<context>
    <name>Album</name>
    <message>
        <source>Sorting the faces by person…</source>
        <translation>Die Gesichter werden nach Personen geordnet …</translation>
    </message>
</context>
<context>
    <name>AlbumPanel</name>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Zuletzt geöffnete Ordner</translation>
    </message>
    <message>
        <source>Photographs in this folder</source>
        <translation>Fotos in diesem Ordner</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Use as the portrait of the chosen face</source>
        <translation>Als Porträt für das gewählte Gesicht verwenden</translation>
    </message>
    <message>
        <source>Open a folder to see its photographs here.</source>
        <translation>Öffnen Sie einen Ordner, um seine Fotos hier zu sehen.</translation>
    </message>
    <message>
        <source>This folder cannot be read (%1).</source>
        <translation>Dieser Ordner kann nicht gelesen werden (%1).</translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no photograph in this folder itself; looking for people reaches the folders below.</source>
        <translation>In diesem Ordner selbst liegt kein Foto; die Suche nach Personen umfasst auch seine Unterordner.</translation>
    </message>
    <message>
        <source>There is no photograph in this folder.</source>
        <translation>In diesem Ordner ist kein Foto.</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Pasted picture</source>
        <extracomment>Steps of one number are one. A face&apos;s own slider adds the face&apos;s index, so it comes last.</extracomment>
        <translation>Eingefügtes Bild</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Faithful</source>
        <translation>Getreu</translation>
    </message>
    <message>
        <source>Brings back what the photograph still tells, quickly, and invents nothing.</source>
        <translation>Holt schnell zurück, was das Foto noch erzählt, und erfindet nichts.</translation>
    </message>
    <message>
        <source>With portrait</source>
        <translation>Mit Porträt</translation>
    </message>
    <message>
        <source>Takes lost skin, hair and eyes from a portrait of the person.</source>
        <translation>Nimmt verlorene Haut, Haare und Augen aus einem Porträt der Person.</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>Lebendig</translation>
    </message>
    <message>
        <source>For bad damage: imagines lost detail and keeps to the person.</source>
        <translation>Für starke Schäden: ersinnt Verlorenes neu und bleibt bei der Person.</translation>
    </message>
    <message>
        <source>Vivid, fast (distilled)</source>
        <translation>Lebendig, schnell (destilliert)</translation>
    </message>
    <message>
        <source>Vivid in one step: several times faster, a little softer.</source>
        <translation>„Lebendig“ in einem Schritt: mehrfach schneller, etwas weicher.</translation>
    </message>
    <message>
        <source>Rich detail</source>
        <translation>Detailreich</translation>
    </message>
    <message>
        <source>Adds skin, hair and eyes as it knows them from many faces.</source>
        <translation>Ergänzt Haut, Haare und Augen, wie es sie von vielen Gesichtern kennt.</translation>
    </message>
    <message>
        <source>No portrait was given: the faces show only what the photograph itself tells.</source>
        <translation>Es wurde kein Porträt angegeben: Die Gesichter zeigen nur, was das Foto selbst erzählt.</translation>
    </message>
    <message>
        <source>It is not certain that this is a face.</source>
        <translation>Es ist nicht sicher, ob dies ein Gesicht ist.</translation>
    </message>
    <message>
        <source>This face is too small to be restored faithfully.</source>
        <translation>Dieses Gesicht ist zu klein, um getreu wiederhergestellt zu werden.</translation>
    </message>
    <message>
        <source>Not chosen.</source>
        <translation>Nicht ausgewählt.</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>Gesichter werden gesucht</translation>
    </message>
    <message>
        <source>Putting the faces back</source>
        <translation>Gesichter werden eingesetzt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped as you asked; nothing was changed.</source>
        <translation>Wie gewünscht angehalten; nichts wurde verändert.</translation>
    </message>
    <message>
        <source>Stopped as you asked; what was finished is kept, the rest is queued.</source>
        <translation>Wie gewünscht angehalten; Fertiges bleibt, der Rest wartet.</translation>
    </message>
    <message>
        <source>crisp</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>fairly sharp</source>
        <translation>recht scharf</translation>
    </message>
    <message>
        <source>the same pose</source>
        <translation>gleiche Kopfhaltung</translation>
    </message>
    <message>
        <source>taken in the same year</source>
        <translation>im selben Jahr aufgenommen</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA-Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Graphics card (DirectML)</source>
        <translation>Grafikkarte (DirectML)</translation>
    </message>
    <message>
        <source>Apple graphics and neural engine (CoreML)</source>
        <translation>Apple-Grafik und Neural Engine (CoreML)</translation>
    </message>
    <message>
        <source>There is not enough memory for this face; close other programs.</source>
        <translation>Für dieses Gesicht reicht der Speicher nicht; schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Face %1 of %2</source>
        <extracomment>Sentences with names or numbers in them.</extracomment>
        <translation>Gesicht %1 von %2</translation>
    </message>
    <message>
        <source>You chose it (%1)</source>
        <translation>Von Ihnen gewählt (%1)</translation>
    </message>
    <message>
        <source>You confirmed that it is the same person (%1)</source>
        <translation>Sie haben bestätigt, dass es dieselbe Person ist (%1)</translation>
    </message>
    <message>
        <source>Certainly the same person (%1)</source>
        <translation>Sicher dieselbe Person (%1)</translation>
    </message>
    <message>
        <source>Probably the same person (%1)</source>
        <translation>Wahrscheinlich dieselbe Person (%1)</translation>
    </message>
    <message>
        <source>Possibly the same person (%1)</source>
        <translation>Vielleicht dieselbe Person (%1)</translation>
    </message>
    <message>
        <source>Grouped with this person, but not very alike (%1)</source>
        <translation>Dieser Person zugeordnet, aber nicht sehr ähnlich (%1)</translation>
    </message>
    <message>
        <source>turned by %1 more</source>
        <translation>um %1 weiter gedreht</translation>
    </message>
    <message>
        <source>taken %1 years apart</source>
        <translation>%1 Jahre auseinander aufgenommen</translation>
    </message>
    <message>
        <source>%1 seems to show another person.</source>
        <translation>%1 zeigt anscheinend eine andere Person.</translation>
    </message>
    <message>
        <source>It is not certain that %1 shows the same person.</source>
        <translation>Es ist nicht sicher, dass %1 dieselbe Person zeigt.</translation>
    </message>
    <message>
        <source>%1 is too blurred to help; choose a sharper one.</source>
        <translation>%1 ist zu unscharf, um zu helfen; wählen Sie ein schärferes.</translation>
    </message>
    <message>
        <source>%1 is a little soft and lends little detail.</source>
        <translation>%1 ist etwas weich und gibt wenig Einzelheiten her.</translation>
    </message>
    <message>
        <source>%1 shows the head from quite another side; choose a more similar pose.</source>
        <translation>%1 zeigt den Kopf von einer ganz anderen Seite; wählen Sie eine ähnlichere Haltung.</translation>
    </message>
    <message>
        <source>%1 shows the head turned otherwise and helps less.</source>
        <translation>%1 zeigt den Kopf anders gedreht und hilft weniger.</translation>
    </message>
    <message>
        <source>%1 shows the head strongly tilted and helps less.</source>
        <translation>%1 zeigt den Kopf stark geneigt und hilft weniger.</translation>
    </message>
    <message>
        <source>The method &apos;%1&apos; does not use portraits; the portrait was only compared.</source>
        <translation>Das Verfahren „%1“ verwendet keine Porträts; das Porträt wurde nur verglichen.</translation>
    </message>
    <message>
        <source>No clear face was found in the portrait &apos;%1&apos;; choose another portrait.</source>
        <translation>Im Porträt „%1“ wurde kein deutliches Gesicht gefunden; wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>%1 is out of memory; the processor went on in its place.</source>
        <translation>%1: Der Speicher reichte nicht; der Prozessor hat an seiner Stelle weitergerechnet.</translation>
    </message>
    <message>
        <source>%1 failed; the processor went on in its place.</source>
        <translation>%1 ist ausgefallen; der Prozessor hat an seiner Stelle weitergerechnet.</translation>
    </message>
    <message>
        <source>%1 The processor is used instead.</source>
        <translation>%1 Stattdessen rechnet der Prozessor.</translation>
    </message>
    <message>
        <source>There is not enough memory for this photograph; close other programs.</source>
        <translation>Für dieses Foto reicht der Speicher nicht; schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>The device stopped in the middle of a run; try again.</source>
        <translation>Das Gerät hat mitten in der Arbeit aufgehört; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>ONNX Runtime does not load; install Likeness again.</source>
        <translation>ONNX Runtime lässt sich nicht laden; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>A newer driver may help.</source>
        <translation>Ein neuerer Treiber hilft vielleicht.</translation>
    </message>
    <message>
        <source>Its EXIF data is damaged and cannot be kept.</source>
        <translation>Die EXIF-Daten des Fotos sind beschädigt und können nicht erhalten werden.</translation>
    </message>
    <message>
        <source>It holds several pictures; only the first one is used.</source>
        <translation>Die Datei enthält mehrere Bilder; nur das erste wird verwendet.</translation>
    </message>
    <message>
        <source>It is in CMYK (printing colours); the result will be in sRGB.</source>
        <translation>Das Foto ist in CMYK (Druckfarben); das Ergebnis wird in sRGB sein.</translation>
    </message>
    <message>
        <source>It is in CMYK (printing colours); the result will be in sRGB, roughly converted: it has no usable profile.</source>
        <translation>Das Foto ist in CMYK (Druckfarben); das Ergebnis wird in sRGB sein, grob umgerechnet: Ein brauchbares Farbprofil fehlt.</translation>
    </message>
    <message>
        <source>It is in Lab colours; the result will be in sRGB.</source>
        <translation>Das Foto ist in Lab-Farben; das Ergebnis wird in sRGB sein.</translation>
    </message>
    <message>
        <source>Its colour profile works for reading only; the result will be in sRGB.</source>
        <translation>Das Farbprofil des Fotos taugt nur zum Lesen; das Ergebnis wird in sRGB sein.</translation>
    </message>
    <message>
        <source>Its colour profile is damaged or of the wrong kind; its colours are taken as sRGB.</source>
        <translation>Das Farbprofil des Fotos ist beschädigt oder von falscher Art; die Farben gelten als sRGB.</translation>
    </message>
    <message>
        <source>The face lies outside the photograph.</source>
        <translation>Das Gesicht liegt außerhalb des Fotos.</translation>
    </message>
    <message>
        <source>The five points are not arranged like a face; place them on the eyes, the nose tip and the corners of the mouth.</source>
        <translation>Die fünf Punkte liegen nicht wie in einem Gesicht; setzen Sie sie auf die Augen, die Nasenspitze und die Mundwinkel.</translation>
    </message>
    <message>
        <source>The points of the face are not numbers.</source>
        <translation>Die Punkte des Gesichts sind keine Zahlen.</translation>
    </message>
    <message>
        <source>The face is too small: its points lie on one spot.</source>
        <translation>Das Gesicht ist zu klein: Seine Punkte liegen auf einer Stelle.</translation>
    </message>
    <message>
        <source>The points of the face lie on one line.</source>
        <translation>Die Punkte des Gesichts liegen auf einer Linie.</translation>
    </message>
    <message>
        <source>The method&apos;s result is not a picture; try another one or the CPU.</source>
        <translation>Das Verfahren hat kein Bild geliefert; versuchen Sie ein anderes oder rechnen Sie auf dem Prozessor.</translation>
    </message>
    <message>
        <source>A face needs five points: the eyes, the nose and the mouth&apos;s corners.</source>
        <translation>Ein Gesicht braucht fünf Punkte: die Augen, die Nase und die Mundwinkel.</translation>
    </message>
    <message>
        <source>These points lie too close together; zoom in and set them again.</source>
        <translation>Diese Punkte liegen zu nah beieinander; vergrößern Sie das Foto und setzen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>This box is too small for a face; zoom in and draw it again.</source>
        <translation>Dieses Rechteck ist zu klein für ein Gesicht; vergrößern Sie das Foto und ziehen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This box lies beside the photograph; draw it around a face.</source>
        <translation>Dieses Rechteck liegt neben dem Foto; ziehen Sie es um ein Gesicht.</translation>
    </message>
    <message>
        <source>The face was restored without it.</source>
        <translation>Das Gesicht wurde ohne dieses Porträt wiederhergestellt.</translation>
    </message>
    <message>
        <source>Stopped as you asked; what was read so far is kept.</source>
        <translation>Wie gewünscht angehalten; was schon gelesen wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>A name must have at least one letter.</source>
        <translation>Ein Name muss mindestens einen Buchstaben haben.</translation>
    </message>
    <message>
        <source>A face cannot be its own portrait; choose another.</source>
        <translation>Ein Gesicht kann nicht sein eigenes Porträt sein; wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The restored photographs need a folder of their own; name another.</source>
        <translation>Die restaurierten Fotos brauchen einen eigenen Ordner; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The album&apos;s index is in use by another Likeness; wait until that is done.</source>
        <translation>Der Index des Albums wird gerade von einem anderen Likeness benutzt; warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>The journal is in use by another Likeness; wait until that is done.</source>
        <translation>Das Protokoll wird gerade von einem anderen Likeness benutzt; warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>This file cannot be used (%1); check the drive it is on.</source>
        <extracomment>Sentences with names or numbers in them; the most specific first.</extracomment>
        <translation>Diese Datei kann nicht verwendet werden (%1); prüfen Sie ihr Laufwerk.</translation>
    </message>
    <message>
        <source>Likeness met an error of its own here (%1: %2).</source>
        <translation>Hier ist Likeness auf einen eigenen Fehler gestoßen (%1: %2).</translation>
    </message>
    <message>
        <source>%1 (NVIDIA graphics card (CUDA))</source>
        <translation>%1 (NVIDIA-Grafikkarte (CUDA))</translation>
    </message>
    <message>
        <source>%1 (Graphics card (DirectML))</source>
        <translation>%1 (Grafikkarte (DirectML))</translation>
    </message>
    <message>
        <source>%1 (Apple graphics and neural engine (CoreML))</source>
        <translation>%1 (Apple-Grafik und Neural Engine (CoreML))</translation>
    </message>
    <message>
        <source>%1 computes wrong numbers; Likeness goes on on the processor.</source>
        <translation>%1 rechnet falsch; Likeness macht auf dem Prozessor weiter.</translation>
    </message>
    <message>
        <source>%1 cannot run &apos;%2&apos; (%3); Likeness goes on on the processor.</source>
        <translation>%1 kann „%2“ nicht ausführen (%3); Likeness macht auf dem Prozessor weiter.</translation>
    </message>
    <message>
        <source>%1 is out of memory while running &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1: Der Speicher reichte nicht, um „%2“ auszuführen; wählen Sie ein anderes Gerät und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 failed while running &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 ist beim Ausführen von „%2“ ausgefallen; wählen Sie ein anderes Gerät und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 is out of memory while opening &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1: Der Speicher reichte nicht, um „%2“ zu öffnen; wählen Sie ein anderes Gerät und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 failed while opening &apos;%2&apos;; choose another device and try again.</source>
        <translation>%1 ist beim Öffnen von „%2“ ausgefallen; wählen Sie ein anderes Gerät und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This computer has no device &apos;%1&apos; that Likeness can use; choose one of: %2.</source>
        <translation>Dieser Computer hat kein Gerät „%1“, das Likeness nutzen kann; wählen Sie eines von diesen: %2.</translation>
    </message>
    <message>
        <source>Two ONNX Runtimes are installed (%1) and overwrite each other; uninstall both and install Likeness again.</source>
        <translation>ONNX Runtime ist zweimal installiert (%1), und die beiden überschreiben einander; deinstallieren Sie beide und installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The list of models does not name &apos;%1&apos;; install Likeness again.</source>
        <translation>Die Liste der Modelle nennt „%1“ nicht; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The list of models &apos;%1&apos; is damaged; install Likeness again.</source>
        <translation>Die Liste der Modelle „%1“ ist beschädigt; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The list of models &apos;%1&apos; is damaged or of a newer Likeness; delete it and import its models again.</source>
        <translation>Die Liste der Modelle „%1“ ist beschädigt oder von einem neueren Likeness; löschen Sie sie und importieren Sie ihre Modelle noch einmal.</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; does not open; install Likeness again or import the model once more.</source>
        <translation>Das Modell „%1“ lässt sich nicht öffnen; installieren Sie Likeness neu oder importieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; is not there yet; get it with `likeness models import FILE`.</source>
        <translation>Das Modell „%1“ ist noch nicht da; holen Sie es mit `likeness models import DATEI`.</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; is not installed; install Likeness again.</source>
        <translation>Das Modell „%1“ ist nicht installiert; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The model &apos;%1&apos; has no part &apos;%2&apos;; install Likeness again.</source>
        <translation>Das Modell „%1“ hat keinen Teil „%2“; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The file &apos;%1&apos; of the model &apos;%2&apos; is missing; install Likeness again.</source>
        <translation>Die Datei „%1“ des Modells „%2“ fehlt; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>The file &apos;%1&apos; of the model &apos;%2&apos; is damaged; install Likeness again.</source>
        <translation>Die Datei „%1“ des Modells „%2“ ist beschädigt; installieren Sie Likeness neu.</translation>
    </message>
    <message>
        <source>There is no method &apos;%1&apos;; choose one of: %2.</source>
        <translation>Es gibt kein Verfahren „%1“; wählen Sie eines von diesen: %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a raw file of a camera; export it as TIFF or JPEG and restore that.</source>
        <translation>„%1“ ist eine Rohdatei einer Kamera; exportieren Sie sie als TIFF oder JPEG und restaurieren Sie dieses Bild.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is empty (0 bytes); copy it again from where it came from.</source>
        <translation>„%1“ ist leer (0 Byte); kopieren Sie die Datei noch einmal von dort, woher sie kam.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is damaged or incomplete; copy it again from where it came from.</source>
        <translation>„%1“ ist beschädigt oder unvollständig; kopieren Sie die Datei noch einmal von dort, woher sie kam.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; claims more than %2 megapixels, which is too large; make a smaller copy of it and restore that.</source>
        <translation>„%1“ hat nach eigener Angabe mehr als %2 Megapixel, das ist zu groß; machen Sie eine kleinere Kopie und restaurieren Sie diese.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a picture, or of a kind that Likeness cannot read; open it in another program and save it as JPEG, PNG or TIFF.</source>
        <translation>„%1“ ist kein Bild oder von einer Art, die Likeness nicht lesen kann; öffnen Sie die Datei in einem anderen Programm und speichern Sie sie als JPEG, PNG oder TIFF.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; needs more memory than is free; close other programs or use a smaller copy.</source>
        <translation>„%1“ braucht mehr Speicher, als frei ist; schließen Sie andere Programme oder nehmen Sie eine kleinere Kopie.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has 32 bits per sample; save it with 8 or 16 bits and try again.</source>
        <translation>„%1“ hat 32 Bit je Farbwert; speichern Sie das Bild mit 8 oder 16 Bit und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Its %1 bits per colour are read as 8.</source>
        <translation>Von den %1 Bit je Farbe des Fotos werden 8 gelesen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a folder; choose the pictures inside it.</source>
        <translation>„%1“ ist ein Ordner; wählen Sie die Bilder darin.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a device or a pipe; choose a picture file.</source>
        <translation>„%1“ ist ein Gerät oder eine Pipe; wählen Sie eine Bilddatei.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is larger than 8 GB; make a smaller copy of it.</source>
        <translation>„%1“ ist größer als 8 GB; machen Sie eine kleinere Kopie davon.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not there; it may have been moved, renamed or be on an unplugged drive.</source>
        <translation>„%1“ ist nicht da; vielleicht wurde die Datei verschoben oder umbenannt, oder ihr Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; may not be read by you; ask its owner or copy it to your own folder.</source>
        <translation>Sie dürfen „%1“ nicht lesen; fragen Sie den Besitzer oder kopieren Sie die Datei in Ihren eigenen Ordner.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be read (%2); check the drive it is on.</source>
        <translation>„%1“ kann nicht gelesen werden (%2); prüfen Sie das Laufwerk der Datei.</translation>
    </message>
    <message>
        <source>The portrait &apos;%1&apos; is gone; choose it again.</source>
        <translation>Das Porträt „%1“ ist nicht mehr da; wählen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The suggested face in %1 stands too close to others to be cut out; choose another portrait.</source>
        <translation>Das vorgeschlagene Gesicht in %1 steht zu nah bei anderen, um ausgeschnitten zu werden; wählen Sie ein anderes Porträt.</translation>
    </message>
    <message>
        <source>Likeness cannot write %1 files; choose .jpg, .png, .tif, .webp or .bmp.</source>
        <translation>Likeness kann keine %1-Dateien schreiben; wählen Sie .jpg, .png, .tif, .webp oder .bmp.</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 pixels does not fit into &quot;%3&quot;; choose .png or .tif.</source>
        <translation>Ein Bild mit %1 x %2 Pixeln passt nicht in „%3“; wählen Sie .png oder .tif.</translation>
    </message>
    <message>
        <source>The picture could not be made into &quot;%1&quot;; choose another kind of file, such as .png or .tif.</source>
        <translation>Aus dem Bild konnte „%1“ nicht gemacht werden; wählen Sie eine andere Dateiart, etwa .png oder .tif.</translation>
    </message>
    <message>
        <source>The disk is full: &quot;%1&quot; was not written; make room or choose another folder.</source>
        <translation>Das Laufwerk ist voll: „%1“ wurde nicht geschrieben; schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>You may not write to the folder &quot;%1&quot;; choose another folder.</source>
        <translation>Sie dürfen nicht in den Ordner „%1“ schreiben; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; is not there; make it or choose another folder.</source>
        <translation>Der Ordner „%1“ ist nicht da; legen Sie ihn an oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; is too long here; choose a shorter one.</source>
        <translation>Der Name „%1“ ist hier zu lang; wählen Sie einen kürzeren.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; could not be written (%2); try another folder or drive.</source>
        <translation>„%1“ konnte nicht geschrieben werden (%2); versuchen Sie einen anderen Ordner oder ein anderes Laufwerk.</translation>
    </message>
    <message>
        <source>%1 of the restored faces can hardly be seen in the photograph: look closely at what was made of them, or switch them off.</source>
        <translation>Auf dem Foto kaum zu erkennen: %1 der wiederhergestellten Gesichter. Sehen Sie genau hin, was daraus gemacht wurde, oder schalten Sie sie aus.</translation>
    </message>
    <message>
        <source>There is no face %1: the photograph has %2 (counted from 0, largest first).</source>
        <translation>Es gibt kein Gesicht %1: Das Foto hat %2 (gezählt ab 0, das größte zuerst).</translation>
    </message>
    <message>
        <source>An aligned face has %1 x %2 pixels, not %3.</source>
        <translation>Ein ausgerichtetes Gesicht hat %1 x %2 Pixel, nicht %3.</translation>
    </message>
    <message>
        <source>There is no photograph in %1 now, but %2 were there before; plug in its drive, or choose another folder.</source>
        <translation>In %1 ist jetzt kein Foto mehr, vorher waren es %2; schließen Sie das Laufwerk an oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder %1 for the album&apos;s index cannot be made (%2); name another one in the variable %3.</source>
        <translation>Der Ordner %1 für den Index des Albums kann nicht angelegt werden (%2); nennen Sie in der Variablen %3 einen anderen.</translation>
    </message>
    <message>
        <source>The folder %1 is not there; it may have been moved or be on an unplugged drive.</source>
        <translation>Der Ordner %1 ist nicht da; vielleicht wurde er verschoben, oder sein Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>The folder %1 is not there any more; plug in its drive and go on.</source>
        <translation>Der Ordner %1 ist nicht mehr da; schließen Sie sein Laufwerk an und machen Sie weiter.</translation>
    </message>
    <message>
        <source>The folder &quot;%1&quot; cannot be made (%2); choose another one.</source>
        <translation>Der Ordner „%1“ kann nicht angelegt werden (%2); wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made (%2); choose another one.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden (%2); wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read (%2); choose another one.</source>
        <translation>Der Ordner %1 kann nicht gelesen werden (%2); wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read (%2).</source>
        <translation>Der Ordner %1 kann nicht gelesen werden (%2).</translation>
    </message>
    <message>
        <source>The file %1 cannot be looked at (%2); check its drive.</source>
        <translation>Die Datei %1 kann nicht angesehen werden (%2); prüfen Sie ihr Laufwerk.</translation>
    </message>
    <message>
        <source>%1 is a file; name the folder of the album.</source>
        <translation>%1 ist eine Datei; wählen Sie den Ordner des Albums.</translation>
    </message>
    <message>
        <source>%1 cannot be written to (%2); choose another folder.</source>
        <translation>In %1 kann nicht geschrieben werden (%2); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 holds the repair of another album (%2); choose another folder.</source>
        <translation>%1 enthält die Restaurierung eines anderen Albums (%2); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Another Likeness is repairing %1; wait for it, or stop it first.</source>
        <translation>Ein anderes Likeness restauriert gerade %1; warten Sie darauf oder halten Sie es zuerst an.</translation>
    </message>
    <message>
        <source>Another Likeness is writing to %1; wait for it, or stop it first.</source>
        <translation>Ein anderes Likeness schreibt gerade in %1; warten Sie darauf oder halten Sie es zuerst an.</translation>
    </message>
    <message>
        <source>The disk of %1 is full; make room and go on.</source>
        <translation>Das Laufwerk von %1 ist voll; schaffen Sie Platz und machen Sie weiter.</translation>
    </message>
    <message>
        <source>The disk of %1 may become full: about %2 are needed and %3 are free; the run stops cleanly when it is, and can go on later.</source>
        <translation>Das Laufwerk von %1 könnte voll werden: Etwa %2 werden gebraucht, %3 sind frei; ist es voll, hält die Restaurierung ordentlich an und kann später fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The album&apos;s index %1 was made by a newer Likeness; update this one.</source>
        <translation>Der Index des Albums %1 stammt von einem neueren Likeness; aktualisieren Sie dieses hier.</translation>
    </message>
    <message>
        <source>The journal %1 was made by a newer Likeness; update this one.</source>
        <translation>Das Protokoll %1 stammt von einem neueren Likeness; aktualisieren Sie dieses hier.</translation>
    </message>
    <message>
        <source>The disk of the album&apos;s index %1 is full; free some space and go on.</source>
        <translation>Das Laufwerk mit dem Index des Albums %1 ist voll; schaffen Sie etwas Platz und machen Sie weiter.</translation>
    </message>
    <message>
        <source>The disk of the journal %1 is full; free some space and go on.</source>
        <translation>Das Laufwerk mit dem Protokoll %1 ist voll; schaffen Sie etwas Platz und machen Sie weiter.</translation>
    </message>
    <message>
        <source>The album&apos;s index %1 cannot be used (%2); if this stays so, delete it and begin again.</source>
        <translation>Der Index des Albums %1 kann nicht verwendet werden (%2); bleibt es dabei, löschen Sie ihn und beginnen Sie von vorn.</translation>
    </message>
    <message>
        <source>The journal %1 cannot be used (%2); if this stays so, delete it and begin again.</source>
        <translation>Das Protokoll %1 kann nicht verwendet werden (%2); bleibt es dabei, löschen Sie es und beginnen Sie von vorn.</translation>
    </message>
    <message>
        <source>There is no person &apos;%1&apos;; `likeness album people` lists them.</source>
        <translation>Es gibt keine Person „%1“; `likeness album people` zählt sie auf.</translation>
    </message>
    <message>
        <source>There is no face %1; `likeness album people --json` lists them.</source>
        <translation>Es gibt kein Gesicht %1; `likeness album people --json` zählt sie auf.</translation>
    </message>
    <message>
        <source>There is no face %1; `likeness album references` lists them.</source>
        <translation>Es gibt kein Gesicht %1; `likeness album references` zählt sie auf.</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>There is no picture in the clipboard.</source>
        <extracomment>What came of a repair and was not looked at yet.</extracomment>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>The repair of the album “%1” stopped before its end.</source>
        <translation>Die Restaurierung des Albums „%1“ hat vor ihrem Ende angehalten.</translation>
    </message>
    <message>
        <source>The repair of the album “%1” is done.</source>
        <translation>Die Restaurierung des Albums „%1“ ist fertig.</translation>
    </message>
    <message>
        <source>The repair of the album “%1” failed.</source>
        <translation>Die Restaurierung des Albums „%1“ ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>The album “%1” is still being repaired.</source>
        <translation>Das Album „%1“ wird noch restauriert.</translation>
    </message>
    <message>
        <source>Quitting stops the repair. What is finished is kept, and it can go on later.</source>
        <translation>Beim Beenden hält die Restaurierung an. Was fertig ist, bleibt erhalten, und sie kann später fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Go on repairing</source>
        <translation>Weiter restaurieren</translation>
    </message>
    <message>
        <source>Open a photo first: the tour shows what to do with it.</source>
        <translation>Öffnen Sie zuerst ein Foto: Die Führung zeigt, was Sie damit tun können.</translation>
    </message>
</context>
<context>
    <name>FacePicker</name>
    <message>
        <source>Arrow keys move the frame, + and - change its size. Enter adds the face.</source>
        <translation>Pfeiltasten verschieben den Rahmen, + und - ändern seine Größe. Enter fügt das Gesicht hinzu.</translation>
    </message>
    <message>
        <source>Click one eye, draw a box around the face, or press an arrow key for a frame.</source>
        <translation>Klicken Sie auf ein Auge, ziehen Sie ein Rechteck um das Gesicht, oder holen Sie mit einer Pfeiltaste einen Rahmen.</translation>
    </message>
    <message>
        <source>Click the other eye.</source>
        <translation>Klicken Sie auf das andere Auge.</translation>
    </message>
    <message>
        <source>Click the tip of the nose.</source>
        <translation>Klicken Sie auf die Nasenspitze.</translation>
    </message>
    <message>
        <source>Click one corner of the mouth.</source>
        <translation>Klicken Sie auf einen Mundwinkel.</translation>
    </message>
    <message>
        <source>Click the other corner of the mouth.</source>
        <translation>Klicken Sie auf den anderen Mundwinkel.</translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message>
        <source>Drop a good portrait of the same person on a face to bring back what is lost.</source>
        <extracomment>Of the tiles in logical pixels: on a low screen, usually, with much to say.</extracomment>
        <translation>Ziehen Sie ein gutes Porträt derselben Person auf ein Gesicht: Es bringt Verlorenes zurück.</translation>
    </message>
    <message>
        <source>Add a face…</source>
        <translation>Gesicht hinzufügen …</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>Gesichter werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more, small or uncertain</source>
        <translation>
            <numerusform>%n weiteres zeigen, klein oder unsicher</numerusform>
            <numerusform>%n weitere zeigen, klein oder unsicher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>No face was found.</source>
        <translation>Es wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>You can point at one yourself.</source>
        <translation>Sie können selbst auf eines zeigen.</translation>
    </message>
</context>
<context>
    <name>FaceTile</name>
    <message>
        <source>Face %1</source>
        <translation>Gesicht %1</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
    <message>
        <source>Restore this face</source>
        <translation>Dieses Gesicht wiederherstellen</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>Options of this face</source>
        <translation>Optionen dieses Gesichts</translation>
    </message>
    <message>
        <source>Drop a good portrait of the same person here</source>
        <translation>Ziehen Sie ein gutes Porträt derselben Person hierher</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Stays as it is.</source>
        <translation>Bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Not restored</source>
        <translation>Nicht wiederhergestellt</translation>
    </message>
    <message>
        <source>Likeness to the portrait: %1 → %2</source>
        <translation>Ähnlichkeit mit dem Porträt: %1 → %2</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Likeness to the portrait: %1</source>
        <translation>Ähnlichkeit mit dem Porträt: %1</translation>
    </message>
</context>
<context>
    <name>FileChoice</name>
    <message>
        <source>Photographs</source>
        <extracomment>What waits for the file to be written.</extracomment>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Choose a good portrait of the same person</source>
        <translation>Gutes Porträt derselben Person wählen</translation>
    </message>
    <message>
        <source>The restored faces of %1 are not saved.</source>
        <translation>Die wiederhergestellten Gesichter von %1 sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>The original photograph is untouched in any case.</source>
        <translation>Das Originalfoto bleibt auf jeden Fall unberührt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Nicht speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>HandWork</name>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>Treue</translation>
    </message>
    <message>
        <source>Face on or off</source>
        <translation>Gesicht ein oder aus</translation>
    </message>
    <message>
        <source>Face removed</source>
        <translation>Gesicht entfernt</translation>
    </message>
</context>
<context>
    <name>InventionDialog</name>
    <message>
        <source>What is invented here?</source>
        <translation>Was ist hier erfunden?</translation>
    </message>
    <message>
        <source>This face is restored a few times more, to see what stays the same.</source>
        <translation>Dieses Gesicht wird noch einige Male restauriert, um zu sehen, was gleich bleibt.</translation>
    </message>
    <message>
        <source>The result</source>
        <translation>Das Ergebnis</translation>
    </message>
    <message>
        <source>What is invented in it</source>
        <translation>Was daran erfunden ist</translation>
    </message>
    <message>
        <source>Grey: the photograph tells it, every try shows the same. Red to yellow: invented, another try shows something else there. Do not take that for a likeness.</source>
        <translation>Grau: Das Foto verrät es, jeder Versuch zeigt dasselbe. Rot bis gelb: erfunden, ein anderer Versuch zeigt dort etwas anderes. Halten Sie das nicht für getroffen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Likeness</name>
    <message>
        <source>clearly the same person</source>
        <translation>eindeutig dieselbe Person</translation>
    </message>
    <message>
        <source>very likely the same person</source>
        <translation>sehr wahrscheinlich dieselbe Person</translation>
    </message>
    <message>
        <source>perhaps the same person</source>
        <translation>vielleicht dieselbe Person</translation>
    </message>
    <message>
        <source>may look like somebody else</source>
        <translation>sieht vielleicht wie jemand anderes aus</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Likeness did not end well last time. Your work on %1 was kept.</source>
        <translation>Likeness wurde zuletzt nicht ordentlich beendet. Ihre Arbeit an %1 ist erhalten.</translation>
    </message>
    <message>
        <source>a pasted picture</source>
        <translation>einem eingefügten Bild</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Zurückholen</translation>
    </message>
</context>
<context>
    <name>MethodForm</name>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>What fits each face</source>
        <translation>Was zu jedem Gesicht passt</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>Treue</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>reicher</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>getreuer</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>wie es war</translation>
    </message>
    <message>
        <source>all restored</source>
        <translation>ganz restauriert</translation>
    </message>
    <message>
        <source>“%1” always stays as faithful as it can.</source>
        <translation>„%1“ bleibt immer so getreu wie möglich.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>PeopleBar</name>
    <message>
        <source>Finds the faces in all photographs of this folder, so that portraits can be suggested. It runs in the background.</source>
        <translation>Findet die Gesichter auf allen Fotos dieses Ordners, damit Porträts vorgeschlagen werden können. Das läuft im Hintergrund.</translation>
    </message>
    <message>
        <source>Looking for people…</source>
        <translation>Personen werden gesucht…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Look for people</source>
        <translation>Personen suchen</translation>
    </message>
    <message numerus="yes">
        <source>People known in %n photograph(s)</source>
        <translation>
            <numerusform>Personen auf %n Foto bekannt</numerusform>
            <numerusform>Personen auf %n Fotos bekannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable file(s)…</source>
        <translation>
            <numerusform>%n unlesbare Datei …</numerusform>
            <numerusform>%n unlesbare Dateien …</numerusform>
        </translation>
    </message>
    <message>
        <source>These files could not be read; all the others were looked at.</source>
        <translation>Diese Dateien konnten nicht gelesen werden; alle anderen wurden durchgesehen.</translation>
    </message>
</context>
<context>
    <name>PeopleWindow</name>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Faces of this person</source>
        <translation>Gesichter dieser Person</translation>
    </message>
    <message>
        <source>Show ignored people</source>
        <translation>Ignorierte Personen zeigen</translation>
    </message>
    <message>
        <source>Name of this person</source>
        <translation>Name dieser Person</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>All the same person</source>
        <translation>Alle dieselbe Person</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation>Nicht diese Person</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>Eine andere Person</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignoriert</translation>
    </message>
    <message>
        <source>Certain</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>The program thinks so</source>
        <translation>Das Programm meint das</translation>
    </message>
    <message>
        <source>No longer ignore</source>
        <translation>Nicht mehr ignorieren</translation>
    </message>
    <message>
        <source>Somebody else is called “%1” already.</source>
        <translation>„%1“ heißt schon jemand anderes.</translation>
    </message>
    <message>
        <source>If that is the same person, the faces of both are put together.</source>
        <translation>Ist es dieselbe Person, werden die Gesichter beider zusammengelegt.</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>Dieselbe Person</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PersonSettings</name>
    <message>
        <source>Settings per person</source>
        <translation>Einstellungen je Person</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Settings of their own</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>Look for people</source>
        <translation>Personen suchen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Everybody else is restored with the settings of the repair.</source>
        <translation>Alle anderen werden mit den Einstellungen der Restaurierung bearbeitet.</translation>
    </message>
    <message>
        <source>Nobody is known in this album yet.</source>
        <translation>In diesem Album ist noch niemand bekannt.</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoArea</name>
    <message>
        <source>Hold to see the photo as it was (Space)</source>
        <translation>Halten, um das Foto zu sehen, wie es war (Leertaste)</translation>
    </message>
    <message>
        <source>Hold to see the photo as it was</source>
        <translation>Halten, um das Foto zu sehen, wie es war</translation>
    </message>
    <message>
        <source>Magnification</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Frame: %1 % across, %2 % down, %3 pixels wide</source>
        <translation>Rahmen: %1 % von links, %2 % von oben, %3 Pixel breit</translation>
    </message>
</context>
<context>
    <name>Portraits</name>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Write into the saved file what was done to it</source>
        <translation>In die gespeicherte Datei schreiben, was mit ihr geschah</translation>
    </message>
    <message>
        <source>Another language is used from the next start on.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Open in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Do without it</source>
        <translation>Darauf verzichten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Open a photo to begin.</source>
        <translation>Öffnen Sie ein Foto, um zu beginnen.</translation>
    </message>
    <message>
        <source>%1 is read when this restoration has ended.</source>
        <translation>%1 wird gelesen, sobald diese Restaurierung beendet ist.</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>Gesichter werden gesucht …</translation>
    </message>
    <message>
        <source>Done in %1 s (%2). Changes show by themselves.</source>
        <translation>Fertig in %1 s (%2). Änderungen werden von selbst sichtbar.</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s) will be restored.</source>
        <translation>
            <numerusform>%n Gesicht wird wiederhergestellt.</numerusform>
            <numerusform>%n Gesichter werden wiederhergestellt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Switch a face on, or add one by hand.</source>
        <translation>Schalten Sie ein Gesicht ein oder fügen Sie eines von Hand hinzu.</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Vorlage speichern</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>Name der Vorlage:</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Save these settings as a preset…</source>
        <translation>Diese Einstellungen als Vorlage speichern …</translation>
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
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>There is not enough memory; close other programs and try again.</source>
        <translation>Der Speicher reicht nicht; schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Something went wrong inside Likeness. Your photographs are untouched.</source>
        <translation>In Likeness ist etwas schiefgegangen. Ihre Fotos sind unberührt.</translation>
    </message>
    <message>
        <source>Likeness stopped unexpectedly last time. Your photographs are untouched. The report below helps whoever repairs the program; it was sent to nobody.</source>
        <translation>Likeness ist zuletzt unerwartet stehen geblieben. Ihre Fotos sind unberührt. Der Bericht unten hilft beim Reparieren des Programms; er wurde niemandem geschickt.</translation>
    </message>
</context>
<context>
    <name>RepairWindow</name>
    <message>
        <source>Repair a whole album</source>
        <translation>Ein ganzes Album restaurieren</translation>
    </message>
    <message>
        <source>Find portraits of the same person in the album</source>
        <translation>Porträts derselben Person im Album suchen</translation>
    </message>
    <message>
        <source>Settings per person…</source>
        <translation>Einstellungen je Person …</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Restaurieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Try the failed again</source>
        <translation>Fehlgeschlagene erneut versuchen</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Take a new folder</source>
        <translation>Neuen Ordner nehmen</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Results go to</source>
        <translation>Ergebnisse nach</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The repair of another album lies here: %1. Choose another folder.</source>
        <translation>Hier liegt die Restaurierung eines anderen Albums: %1. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message numerus="yes">
        <source>A repair was interrupted here: %n photograph(s) to do.</source>
        <translation>
            <numerusform>Hier wurde eine Restaurierung unterbrochen: noch %n Foto.</numerusform>
            <numerusform>Hier wurde eine Restaurierung unterbrochen: noch %n Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes on with the settings that it was begun with.</source>
        <translation>Sie wird mit den Einstellungen fortgesetzt, mit denen sie begonnen wurde.</translation>
    </message>
    <message>
        <source>The originals are only read. You can stop at any time and go on later.</source>
        <translation>Die Originale werden nur gelesen. Sie können jederzeit anhalten und später fortfahren.</translation>
    </message>
    <message>
        <source>Looking for people…</source>
        <translation>Personen werden gesucht…</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>noch %n Minute</numerusform>
            <numerusform>noch %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 restored, %2 with nothing to do, %3 failed.</source>
        <translation>%1 restauriert, %2 ohne Handlungsbedarf, %3 fehlgeschlagen.</translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s) were finished before with other settings and stay as they are; a new folder takes all of them.</source>
        <translation>
            <numerusform>%n Foto wurde früher mit anderen Einstellungen fertig und bleibt, wie es ist; ein neuer Ordner nimmt alle auf.</numerusform>
            <numerusform>%n Fotos wurden früher mit anderen Einstellungen fertig und bleiben, wie sie sind; ein neuer Ordner nimmt alle auf.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestorePanel</name>
    <message>
        <source>Fidelity</source>
        <translation>Treue</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>reicher</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>getreuer</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>wie vorher</translation>
    </message>
    <message>
        <source>all restored</source>
        <translation>ganz erneuert</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>Korn</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>glatt</translation>
    </message>
    <message>
        <source>like the print</source>
        <translation>wie der Abzug</translation>
    </message>
    <message>
        <source>As the photo tells</source>
        <translation>Wie das Foto es zeigt</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>Schwarzweiß</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>Sepia</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tonung</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>As the photo tells (%1)</source>
        <translation>Wie das Foto es zeigt (%1)</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Restore faces</source>
        <translation>Gesichter wiederherstellen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>How to restore</source>
        <translation>Wie wiederherstellen</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>“%1” always stays as faithful as it can.</source>
        <translation>„%1“ bleibt immer so getreu wie möglich.</translation>
    </message>
    <message>
        <source>“%1” has one answer only.</source>
        <translation>„%1“ kennt nur eine Antwort.</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>nothing lost</source>
        <translation>verlustfrei</translation>
    </message>
    <message>
        <source>JPEG: small, for sharing</source>
        <translation>JPEG: klein, zum Weitergeben</translation>
    </message>
    <message>
        <source>WebP: small</source>
        <translation>WebP: klein</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Folder to save in</source>
        <translation>Ordner zum Speichern</translation>
    </message>
    <message>
        <source>Choose a name without special characters.</source>
        <translation>Wählen Sie einen Namen ohne Sonderzeichen.</translation>
    </message>
    <message>
        <source>A file of that name exists. It is kept; the new one gets a number.</source>
        <translation>Eine Datei dieses Namens gibt es schon. Sie bleibt; die neue bekommt eine Nummer.</translation>
    </message>
    <message>
        <source>The original is never touched.</source>
        <translation>Das Original bleibt immer unberührt.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Hold to see the photo as it was</source>
        <translation>Halten, um das Foto zu sehen, wie es war</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Foto verschieben</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>Trennlinie verschieben</translation>
    </message>
    <message>
        <source>Shift + arrow keys</source>
        <translation>Umschalt + Pfeiltasten</translation>
    </message>
    <message>
        <source>Adding a face: move the frame</source>
        <translation>Gesicht hinzufügen: Rahmen verschieben</translation>
    </message>
    <message>
        <source>Adding a face: size of the frame</source>
        <translation>Gesicht hinzufügen: Größe des Rahmens</translation>
    </message>
    <message>
        <source>+ and -</source>
        <translation>+ und -</translation>
    </message>
    <message>
        <source>Adding a face: done, or leave</source>
        <translation>Gesicht hinzufügen: fertig oder abbrechen</translation>
    </message>
    <message>
        <source>Enter, Esc</source>
        <translation>Enter, Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Slider</name>
    <message>
        <source>%L1 %</source>
        <translation>%L1 %</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Pasted picture</source>
        <extracomment>After the first restoration every change of a choice restores again.</extracomment>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>Face added</source>
        <translation>Gesicht hinzugefügt</translation>
    </message>
</context>
<context>
    <name>SuggestionBox</name>
    <message>
        <source>Same person? Look…</source>
        <translation>Dieselbe Person? Ansehen…</translation>
    </message>
    <message>
        <source>Use this portrait</source>
        <translation>Dieses Porträt nehmen</translation>
    </message>
</context>
<context>
    <name>SuggestionQuestion</name>
    <message>
        <source>The same person?</source>
        <translation>Dieselbe Person?</translation>
    </message>
    <message>
        <source>In this photograph</source>
        <translation>Auf diesem Foto</translation>
    </message>
    <message>
        <source>A portrait of somebody else would give this face foreign features.</source>
        <translation>Das Porträt eines anderen Menschen gäbe diesem Gesicht fremde Züge.</translation>
    </message>
    <message>
        <source>Yes, use this portrait</source>
        <translation>Ja, dieses Porträt nehmen</translation>
    </message>
    <message>
        <source>No, somebody else</source>
        <translation>Nein, jemand anderes</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>Ich weiß es nicht</translation>
    </message>
</context>
<context>
    <name>TileMenu</name>
    <message>
        <source>Choose a portrait…</source>
        <translation>Porträt wählen …</translation>
    </message>
    <message>
        <source>Accept the suggested portrait</source>
        <translation>Vorgeschlagenes Porträt annehmen</translation>
    </message>
    <message>
        <source>Do without the portrait</source>
        <translation>Ohne Porträt</translation>
    </message>
    <message>
        <source>Fidelity of this face</source>
        <translation>Treue dieses Gesichts</translation>
    </message>
    <message>
        <source>richer</source>
        <translation>reicher</translation>
    </message>
    <message>
        <source>more faithful</source>
        <translation>getreuer</translation>
    </message>
    <message>
        <source>Same fidelity as the photo</source>
        <translation>Gleiche Treue wie das Foto</translation>
    </message>
    <message>
        <source>What is invented here?</source>
        <translation>Was ist hier erfunden?</translation>
    </message>
    <message>
        <source>Remove this face</source>
        <translation>Dieses Gesicht entfernen</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>These are the faces</source>
        <translation>Das sind die Gesichter</translation>
    </message>
    <message>
        <source>Switch off whom you do not want to change. A good portrait of the same person, dropped on a face, lends it what the photograph lost.</source>
        <translation>Schalten Sie aus, wen Sie nicht verändern wollen. Ein gutes Porträt derselben Person, auf ein Gesicht gezogen, leiht ihm, was das Foto verloren hat.</translation>
    </message>
    <message>
        <source>Restore them</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>One click. Then move the sliders: the photo follows by itself.</source>
        <translation>Ein Klick genügt. Bewegen Sie danach die Regler: Das Foto folgt von selbst.</translation>
    </message>
    <message>
        <source>Compare and save</source>
        <translation>Vergleichen und speichern</translation>
    </message>
    <message>
        <source>Hold the space bar to see the photo as it was. Saving makes a new file; the original is never touched.</source>
        <translation>Halten Sie die Leertaste gedrückt, um das Foto zu sehen, wie es war. Beim Speichern entsteht eine neue Datei; das Original wird nie verändert.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a photo here</source>
        <translation>Ziehen Sie ein Foto hierher</translation>
    </message>
    <message>
        <source>Likeness gives people back the faces in old photos, and keeps them the same person.</source>
        <translation>Likeness gibt den Menschen auf alten Fotos ihr Gesicht zurück, und sie bleiben dieselben.</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>Foto öffnen …</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Try a sample photo</source>
        <translation>Beispielfoto probieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open or drop an old photo. Its faces are found by themselves.</source>
        <translation>Öffnen oder ziehen Sie ein altes Foto herein. Seine Gesichter werden von selbst gefunden.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Restore the faces and compare before and after.</source>
        <translation>Stellen Sie die Gesichter wieder her und vergleichen Sie vorher und nachher.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save a new file. The original is never touched.</source>
        <translation>Speichern Sie eine neue Datei. Das Original bleibt unberührt.</translation>
    </message>
    <message>
        <source>Everything stays on this computer. Nothing is uploaded.</source>
        <translation>Alles bleibt auf diesem Computer. Nichts wird hochgeladen.</translation>
    </message>
</context>
</TS>
