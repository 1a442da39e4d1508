<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlbumPanel</name>
    <message numerus="yes">
        <source>%n photograph(s)</source>
        <translation>
            <numerusform>%n photograph</numerusform>
            <numerusform>%n photographs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message numerus="yes">
        <source>Show %n more, small or uncertain</source>
        <translation>
            <numerusform>Show %n more, small or uncertain</numerusform>
            <numerusform>Show %n more, small or uncertain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleBar</name>
    <message numerus="yes">
        <source>People known in %n photograph(s)</source>
        <translation>
            <numerusform>People known in %n photograph</numerusform>
            <numerusform>People known in %n photographs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable file(s)…</source>
        <translation>
            <numerusform>%n unreadable file…</numerusform>
            <numerusform>%n unreadable files…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleWindow</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonSettings</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message numerus="yes">
        <source>%n face(s) will be restored.</source>
        <translation>
            <numerusform>%n face will be restored.</numerusform>
            <numerusform>%n faces will be restored.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepairWindow</name>
    <message numerus="yes">
        <source>A repair was interrupted here: %n photograph(s) to do.</source>
        <translation>
            <numerusform>A repair was interrupted here: %n photograph to do.</numerusform>
            <numerusform>A repair was interrupted here: %n photographs to do.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s) were finished before with other settings and stay as they are; a new folder takes all of them.</source>
        <translation>
            <numerusform>%n photograph was finished before with other settings and stays as it is; a new folder takes all of them.</numerusform>
            <numerusform>%n photographs were finished before with other settings and stay as they are; a new folder takes all of them.</numerusform>
        </translation>
    </message>
</context>
</TS>
