"""The album: an index of photographs, the people in them, references, and the repair of it all.

`index` reads a folder into the `store`; `people` groups its faces and keeps what the user said;
`references` finds portraits for damaged faces; `repair` restores everything with a journal on the
disk. Nothing here knows a window: progress is told to plain callables, and work is stopped by
`threading.Event`.
"""
