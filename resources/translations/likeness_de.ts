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
    <message numerus="yes">
        <source>%n photograph(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
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
</context>
<context>
    <name>Errands</name>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
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
        <translation>Alle anderen werden mit den Einstellungen der Reparatur restauriert.</translation>
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
    <message numerus="yes">
        <source>A repair was interrupted here: %n photograph(s) to do.</source>
        <translation>
            <numerusform>Hier wurde eine Restaurierung unterbrochen: noch %n Foto.</numerusform>
            <numerusform>Hier wurde eine Restaurierung unterbrochen: noch %n Fotos.</numerusform>
        </translation>
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
