"""What the engine says where something does not go as wished, known to the translators.

One entry for every sentence that the window may show; those that only the command line can say are
not here. `desktop.engine_words` looks them up, and its test walks the engine for new ones.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

#: Sentences that are always the same.
SENTENCES = (
    # Memory and the machine
    QT_TRANSLATE_NOOP(
        "Engine", "There is not enough memory for this photograph; close other programs."
    ),
    QT_TRANSLATE_NOOP("Engine", "The device stopped in the middle of a run; try again."),
    QT_TRANSLATE_NOOP("Engine", "ONNX Runtime does not load; install Likeness again."),
    QT_TRANSLATE_NOOP("Engine", "A newer driver may help."),
    # Photographs that open
    QT_TRANSLATE_NOOP("Engine", "Its EXIF data is damaged and cannot be kept."),
    QT_TRANSLATE_NOOP("Engine", "It holds several pictures; only the first one is used."),
    QT_TRANSLATE_NOOP("Engine", "It is in CMYK (printing colours); the result will be in sRGB."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "It is in CMYK (printing colours); the result will be in sRGB, roughly converted: it "
        "has no usable profile.",
    ),
    QT_TRANSLATE_NOOP("Engine", "It is in Lab colours; the result will be in sRGB."),
    QT_TRANSLATE_NOOP(
        "Engine", "Its colour profile works for reading only; the result will be in sRGB."
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Its colour profile is damaged or of the wrong kind; its colours are taken as sRGB.",
    ),
    # Faces
    QT_TRANSLATE_NOOP("Engine", "The face lies outside the photograph."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The five points are not arranged like a face; place them on the eyes, the nose tip and"
        " the corners of the mouth.",
    ),
    QT_TRANSLATE_NOOP("Engine", "The points of the face are not numbers."),
    QT_TRANSLATE_NOOP("Engine", "The face is too small: its points lie on one spot."),
    QT_TRANSLATE_NOOP("Engine", "The points of the face lie on one line."),
    QT_TRANSLATE_NOOP(
        "Engine", "The method's result is not a picture; try another one or the CPU."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "A face needs five points: the eyes, the nose and the mouth's corners."
    ),
    QT_TRANSLATE_NOOP("Engine", "These points lie too close together; zoom in and set them again."),
    QT_TRANSLATE_NOOP("Engine", "This box is too small for a face; zoom in and draw it again."),
    QT_TRANSLATE_NOOP("Engine", "This box lies beside the photograph; draw it around a face."),
    QT_TRANSLATE_NOOP("Engine", "The face was restored without it."),
    # Albums
    QT_TRANSLATE_NOOP("Engine", "Stopped as you asked; what was read so far is kept."),
    QT_TRANSLATE_NOOP("Engine", "A name must have at least one letter."),
    QT_TRANSLATE_NOOP("Engine", "A face cannot be its own portrait; choose another."),
    QT_TRANSLATE_NOOP(
        "Engine", "The restored photographs need a folder of their own; name another."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The album's index is in use by another Likeness; wait until that is done."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The journal is in use by another Likeness; wait until that is done."
    ),
)
#: Sentences with names or numbers in them; the most specific first.
SHAPES = (
    # The machine and its devices
    QT_TRANSLATE_NOOP("Engine", "This file cannot be used (%1); check the drive it is on."),
    QT_TRANSLATE_NOOP("Engine", "Likeness met an error of its own here (%1: %2)."),
    QT_TRANSLATE_NOOP("Engine", "%1 (NVIDIA graphics card (CUDA))"),
    QT_TRANSLATE_NOOP("Engine", "%1 (Graphics card (DirectML))"),
    QT_TRANSLATE_NOOP("Engine", "%1 (Apple graphics and neural engine (CoreML))"),
    QT_TRANSLATE_NOOP("Engine", "%1 computes wrong numbers; Likeness goes on on the processor."),
    QT_TRANSLATE_NOOP("Engine", "%1 cannot run '%2' (%3); Likeness goes on on the processor."),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 is out of memory while running '%2'; choose another device and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 failed while running '%2'; choose another device and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 is out of memory while opening '%2'; choose another device and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 failed while opening '%2'; choose another device and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "This computer has no device '%1' that Likeness can use; choose one of: %2."
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "Two ONNX Runtimes are installed (%1) and overwrite each other; uninstall both and "
        "install Likeness again.",
    ),
    # Models
    QT_TRANSLATE_NOOP("Engine", "The list of models does not name '%1'; install Likeness again."),
    QT_TRANSLATE_NOOP("Engine", "The list of models '%1' is damaged; install Likeness again."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The list of models '%1' is damaged or of a newer Likeness; delete it and import its "
        "models again.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The model '%1' does not open; install Likeness again or import the model once more.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The model '%1' is not there yet; get it with `likeness models import FILE`."
    ),
    QT_TRANSLATE_NOOP("Engine", "The model '%1' is not installed; install Likeness again."),
    QT_TRANSLATE_NOOP("Engine", "The model '%1' has no part '%2'; install Likeness again."),
    QT_TRANSLATE_NOOP(
        "Engine", "The file '%1' of the model '%2' is missing; install Likeness again."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The file '%1' of the model '%2' is damaged; install Likeness again."
    ),
    QT_TRANSLATE_NOOP("Engine", "There is no method '%1'; choose one of: %2."),
    # Photographs that are read
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" is a raw file of a camera; export it as TIFF or JPEG and restore that.'
    ),
    QT_TRANSLATE_NOOP("Engine", '"%1" is empty (0 bytes); copy it again from where it came from.'),
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" is damaged or incomplete; copy it again from where it came from.'
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        '"%1" claims more than %2 megapixels, which is too large; make a smaller copy of it and'
        " restore that.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        '"%1" is not a picture, or of a kind that Likeness cannot read; open it in another '
        "program and save it as JPEG, PNG or TIFF.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" needs more memory than is free; close other programs or use a smaller copy.'
    ),
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" has 32 bits per sample; save it with 8 or 16 bits and try again.'
    ),
    QT_TRANSLATE_NOOP("Engine", "Its %1 bits per colour are read as 8."),
    QT_TRANSLATE_NOOP("Engine", '"%1" is a folder; choose the pictures inside it.'),
    QT_TRANSLATE_NOOP("Engine", '"%1" is a device or a pipe; choose a picture file.'),
    QT_TRANSLATE_NOOP("Engine", '"%1" is larger than 8 GB; make a smaller copy of it.'),
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" is not there; it may have been moved, renamed or be on an unplugged drive.'
    ),
    QT_TRANSLATE_NOOP(
        "Engine", '"%1" may not be read by you; ask its owner or copy it to your own folder.'
    ),
    QT_TRANSLATE_NOOP("Engine", '"%1" cannot be read (%2); check the drive it is on.'),
    QT_TRANSLATE_NOOP("Engine", "The portrait '%1' is gone; choose it again."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The suggested face in %1 stands too close to others to be cut out; choose another "
        "portrait.",
    ),
    # Photographs that are written
    QT_TRANSLATE_NOOP(
        "Engine", "Likeness cannot write %1 files; choose .jpg, .png, .tif, .webp or .bmp."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", 'A picture of %1 x %2 pixels does not fit into "%3"; choose .png or .tif.'
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        'The picture could not be made into "%1"; choose another kind of file, such as .png or '
        ".tif.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", 'The disk is full: "%1" was not written; make room or choose another folder.'
    ),
    QT_TRANSLATE_NOOP("Engine", 'You may not write to the folder "%1"; choose another folder.'),
    QT_TRANSLATE_NOOP("Engine", 'The folder "%1" is not there; make it or choose another folder.'),
    QT_TRANSLATE_NOOP("Engine", 'The name "%1" is too long here; choose a shorter one.'),
    QT_TRANSLATE_NOOP("Engine", '"%1" could not be written (%2); try another folder or drive.'),
    # Faces
    QT_TRANSLATE_NOOP(
        "Engine",
        "%1 of the restored faces can hardly be seen in the photograph: look closely at what "
        "was made of them, or switch them off.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "There is no face %1: the photograph has %2 (counted from 0, largest first)."
    ),
    QT_TRANSLATE_NOOP("Engine", "An aligned face has %1 x %2 pixels, not %3."),
    # Albums
    QT_TRANSLATE_NOOP(
        "Engine",
        "There is no photograph in %1 now, but %2 were there before; plug in its drive, or "
        "choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The folder %1 for the album's index cannot be made (%2); name another one in the "
        "variable %3.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The folder %1 is not there; it may have been moved or be on an unplugged drive."
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The folder %1 is not there any more; plug in its drive and go on."
    ),
    QT_TRANSLATE_NOOP("Engine", 'The folder "%1" cannot be made (%2); choose another one.'),
    QT_TRANSLATE_NOOP("Engine", "The folder %1 cannot be made (%2); choose another one."),
    QT_TRANSLATE_NOOP("Engine", "The folder %1 cannot be read (%2); choose another one."),
    QT_TRANSLATE_NOOP("Engine", "The folder %1 cannot be read (%2)."),
    QT_TRANSLATE_NOOP("Engine", "The file %1 cannot be looked at (%2); check its drive."),
    QT_TRANSLATE_NOOP("Engine", "%1 is a file; name the folder of the album."),
    QT_TRANSLATE_NOOP("Engine", "%1 cannot be written to (%2); choose another folder."),
    QT_TRANSLATE_NOOP(
        "Engine", "%1 holds the repair of another album (%2); choose another folder."
    ),
    QT_TRANSLATE_NOOP("Engine", "Another Likeness is repairing %1; wait for it, or stop it first."),
    QT_TRANSLATE_NOOP(
        "Engine", "Another Likeness is writing to %1; wait for it, or stop it first."
    ),
    QT_TRANSLATE_NOOP("Engine", "The disk of %1 is full; make room and go on."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The disk of %1 may become full: about %2 are needed and %3 are free; the run stops "
        "cleanly when it is, and can go on later.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The album's index %1 was made by a newer Likeness; update this one."
    ),
    QT_TRANSLATE_NOOP("Engine", "The journal %1 was made by a newer Likeness; update this one."),
    QT_TRANSLATE_NOOP(
        "Engine", "The disk of the album's index %1 is full; free some space and go on."
    ),
    QT_TRANSLATE_NOOP("Engine", "The disk of the journal %1 is full; free some space and go on."),
    QT_TRANSLATE_NOOP(
        "Engine",
        "The album's index %1 cannot be used (%2); if this stays so, delete it and begin again.",
    ),
    QT_TRANSLATE_NOOP(
        "Engine", "The journal %1 cannot be used (%2); if this stays so, delete it and begin again."
    ),
    # People
    QT_TRANSLATE_NOOP("Engine", "There is no person '%1'; `likeness album people` lists them."),
    QT_TRANSLATE_NOOP("Engine", "There is no face %1; `likeness album people --json` lists them."),
    QT_TRANSLATE_NOOP("Engine", "There is no face %1; `likeness album references` lists them."),
)
