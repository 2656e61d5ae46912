<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>&lt;b&gt;Viva Voce&lt;/b&gt; turns a recorded or typed line into facial animation and video, on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its source is under the &lt;b&gt;Apache License 2.0&lt;/b&gt;. What is in its assets keeps the licence it came with, printed below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two of the libraries it loads are under the &lt;b&gt;GNU General Public License, version 3&lt;/b&gt;: eSpeak NG, which speaks typed lines and knows how words sound, and Praat (through praat-parselmouth), which hears the melody of a voice. A packaged application that contains them is therefore distributed under the GPL, version 3; the source of Viva Voce itself stays Apache-2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is made with Qt for Python (PySide6, LGPL version 3). Media are read and written by PyAV with FFmpeg; H.264 by x264 (GPL). Speech is aligned by PocketSphinx (BSD) and found by Silero VAD (MIT).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Amount</name>
    <message>
        <source>Lips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the lips go for each sound; closures stay closures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the jaw opens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many blinks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the brows move with stress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the eyes move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the head moves with the phrasing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breath</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the breath shows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AmountDialog</name>
    <message>
        <source>Working…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} keys become {after}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AutoKeyButton</name>
    <message>
        <source>Auto Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sets keys at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moves the whole curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: a slider, the wheel or a handle sets a key at the playhead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: it moves the whole curve up or down.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Channels</name>
    <message>
        <source>Brows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cheeks and Nose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tongue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head and Breath</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amounts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChannelsPanel</name>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left and right together: what one side does, the other does too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only channels that have keys on the active layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the selected channels in the curve editor; all keyed ones where none is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Flip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareOverlay</name>
    <message>
        <source>{a} against {b}, heads aligned: at most {apart:.1f} mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most:g} mm</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Conductor</name>
    <message>
        <source>Finding the phonemes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not analysed yet: Line ▸ Analyse Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing the waveform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Performing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the sample line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opening {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing the selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaking the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysing {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurveBar</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time of the selected keys: 00:00:01:15, 45f, 1.5s, or a step such as +10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value of the selected keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves over time (D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dope sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys as rows (D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto tangents: smooth, never beyond the neighbouring keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flat tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear tangents: straight to the neighbouring keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stepped: the value holds until the next key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free tangents: one slope for both sides; drag a handle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken tangents: a slope for each side; also Shift and drag a handle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys snap to frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys snap to values, half a grid line apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show selected tracks alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame the selected keys (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame all (A)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything that can be done with keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is no number; type a value such as 0.75.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurveEditor</name>
    <message>
        <source>Curve editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List only tracks whose name holds this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List the layers&apos; channels without keys too</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CurveVerbs</name>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stepped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease In and Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overshoot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anticipate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Duplicate at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;elete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Key at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ta&amp;ngents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ease</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Simplify…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;mooth…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bake to Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;nap to Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reverse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Flip Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror &amp;Left and Right</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>This project is open for reading only; save it under another name to change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is locked: click its padlock to change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select keys or clips to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied {0} keys and {1} clips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clipboard holds nothing of a timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} lie beyond the end of the line and stay on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} belong on a locked track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing pasted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room for a copy before the end of the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select two or more neighbouring phonemes to merge</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Emotion</name>
    <message>
        <source>Angry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Happy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmotionWheel</name>
    <message>
        <source>Emotion wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the puck: its direction mixes two emotions, its distance is their intensity
Shift keeps the direction, Ctrl goes to the nearest emotion, a double click makes neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>1080 × 1080, square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1080 × 1920, upright</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Movie (*.mp4);;Motion, NumPy (*.npz);;Live Link Face (*.csv);;Picture sequence (*.png);;TextGrid (*.TextGrid);;Sound (*.wav)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All lines, one after another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} frames per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole range: {seconds} s, {count} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file&apos;s name has no ending that says what to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end it with .mp4, .npz, .csv, .png, .TextGrid or .wav</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is written: {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or work on a shorter sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Viva Voce; what you did last was not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work is safe in the project. If it happens again, send us the details below.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Projects (*.viva)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound and video (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.wma *.webm *.mp4 *.mov *.mkv *.avi);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TextGrids (*.TextGrid *.textgrid);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motion (*.npz *.csv *.glb);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles and text (*.srt *.vtt *.txt);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Subtitles or Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} sounds could not be collected: they are missing, or are not what they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} sounds are in the project now: {size:.1f} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All sounds are in the project already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import TextGrid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project has no name yet. Save it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otherwise it is thrown away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is saved, as it is after every step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Project As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A copy was saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export TextGrid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An untitled project was not saved before the studio ended last time; nothing of it is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open It</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw It Away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Curve graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one track in the list first, or double-click on a curve.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Handles</name>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inner brow, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inner brow, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outer brow, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outer brow, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lip corner, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lip corner, right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to key it at the playhead; double-click takes the edit back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift tilts the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold Ctrl or X for both sides</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Hands</name>
    <message>
        <source>No further key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key on {0} at {1}, value {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} clips, pins, events or markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>phonemes {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing selected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>Importing {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the motion goes on for {seconds:.2f} s after the line&apos;s end, where it is not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speaking line {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} lines take longer to say than their subtitles stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collecting media</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Stop this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop: {job}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobStatus</name>
    <message>
        <source>Click for all jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{job}… and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Nothing is being worked on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all work under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what has failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyBox</name>
    <message>
        <source>key at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>between keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the key at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set a key at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the previous key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the next key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Click here and press a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the key to give to the chosen action; Tab leaves the field</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyVerbs</name>
    <message>
        <source>Select keys first, or a track in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} keys copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no keys to paste.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} keys were left out: beyond the end of the line, or on a track that is locked or not here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a track in the list first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simplify keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retime keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length, in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select channels of a layer first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyView</name>
    <message>
        <source>This track is locked.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keymaps</name>
    <message>
        <source>Viva Voce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like Maya</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like Blender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like Premiere Pro</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerBar</name>
    <message>
        <source>No layers yet. Moving a channel makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New layer, above the active one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the active layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A copy of the active layer, above it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the active layer up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the active layer down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add: on top of what is below. Override: in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the layer counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In–Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the in to the out point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the whole line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a layer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerItem</name>
    <message>
        <source>M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute: the layer does nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solo: only soloed layers do something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock: nothing on the layer can be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the place of what is below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to what is below</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Edit layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Layouts</name>
    <message>
        <source>The layout “{name}” no longer fits this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the layout; an existing one is replaced:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LevelRow</name>
    <message>
        <source>{name}, number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LinePanel</name>
    <message>
        <source>aligned with its transcript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recognised from the sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heard phoneme by phoneme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timed by the voice itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no speech found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from a TextGrid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Sound…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is said in the recording, for the best lip sync. Numbers and abbreviations may stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the speech</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice of the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the phonemes anew (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak a Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text to speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a line, and a voice speaks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak it as a new line (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heard: “{words}”. Type what is really said for better lip sync.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, {length}, starts at {start} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} phonemes, {method}, then edited.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} phonemes, {method}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading Ada…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (read-only) – Viva Voce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} – Viva Voce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open for reading only: {reason}. Save it under another name to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: {name}, on the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Save Current…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame &amp;Rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open Project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Sound…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as Next &amp;Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a &amp;Copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import &amp;Motion…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Subtitles or Te&amp;xt…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import TextGrid…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;TextGrid…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Range to &amp;Render Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sho&amp;w Render Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collect Me&amp;dia into Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find Missing Media…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Nudge a Frame Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudge a Frame &amp;Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudge Ten Frames &amp;Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudge Ten Frames Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command Pa&amp;lette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Type a Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Analyse Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Replace Sound…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;move Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous &amp;Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuttle &amp;Backwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuttle Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shuttle &amp;Forwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quarter Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Half Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N&amp;ormal Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Double Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set &amp;In Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set &amp;Out Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to In Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Out Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear In and Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record Performa&amp;nce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hear &amp;Scrubbing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Curve Editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dope Sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Key at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Auto Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Flat Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Linear Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stepped Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ree Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Broken Tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease &amp;In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease &amp;Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease In and O&amp;ut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O&amp;vershoot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;nticipate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simplif&amp;y…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;mooth…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bake to Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snap to Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip &amp;Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror Left and Ri&amp;ght</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow by &amp;Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow S&amp;moothly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do &amp;Not Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;revious Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ne&amp;xt Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin the &amp;Face Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Instruction…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Blink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Gaze Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New &amp;Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split P&amp;honeme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge Phonemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Analyse Selection Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Three-Quarter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Handles on the Face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep Motion as B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip &amp;A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A and B &amp;Side by Side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Difference of A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop &amp;Comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom Timeline &amp;In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom Timeline &amp;Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit T&amp;imeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset &amp;Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Shortcuts at a Glance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Viva Voce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;anels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La&amp;youts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Animate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand All Like It</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse All Like It</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Additive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blinks Back to Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the Automatic Blinks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaze Back to Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the Automatic Gaze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Blink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Gaze Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin the Face Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Instruction…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste at Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relabel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse This Stretch Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename Marker…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Marker Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set In Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set Out Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear In and Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In and Out Around the Selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tangent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the Viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look to the Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look to the Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit Text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole Face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live Performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place Take</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Mouse</name>
    <message>
        <source>Drag in the viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orbit; with the middle button pan, with the right one dolly (Alt too)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel in the viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dolly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click in the viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag in the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scrub, with sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel in the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom to the pointer; with Shift, pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle drag in the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a phoneme&apos;s edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move it; with Ctrl what follows moves along to the next pause; Esc takes it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click on a phoneme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>play it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double click on a slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to its usual value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few letters of a command or its menu; Enter runs it, Esc closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command has these letters.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PerformancePanel</name>
    <message>
        <source>Emotion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take all emotion keys off the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factor on all emotions: 0 none, 1 as they are, 2 twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} at the playhead: 0 not at all, 1 as much as can be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All amounts to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}, over the whole line: 0 none, 1 as usual, 2 twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same blinks, gaze and head movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another variation: blinks, gaze and head move otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this seed: neither the dice nor typing changes it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change emotion</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaybackCommands</name>
    <message>
        <source>Armed: play, and move a slider or a handle; it becomes keys when you stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded {names}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark or light, or as the system has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of menus, panels and messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Viva Voce is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys as another program has them; own changes are dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the keys of every action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How times are written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ime in:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hear the sound while scrubbing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short pieces of sound while the playhead is dragged</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueueRunner</name>
    <message>
        <source>Rendering {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done: {seconds:.2f} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rate</name>
    <message>
        <source>Pictures of the viewport in a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Record performance</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Region</name>
    <message>
        <source>Whole face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RelinkDialog</name>
    <message>
        <source>Find Missing Media</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These sounds are not where the project left them, or are no longer what they were. Everything you made on them is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing media</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Locate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the file of the selected sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for all of them in a folder and those in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use the One Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the file that lies under the old name now, though it is another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop searching; what was found stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave as It Is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found: the same recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another recording, chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another file lies there now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found} of {wanted} found in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is another recording: {new:.2f} s instead of {old:.2f} s.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Relinker</name>
    <message>
        <source>Looking for the media</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sound of this project is missing or was replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} sounds of this project are missing or were replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RenderQueue</name>
    <message>
        <source>Nothing is queued. Add Range puts the current line between its in and out points here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue the current line, from its in to its out point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add S&amp;cene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue all lines, one after another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the selected job out of the queue (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render the selected job earlier (Alt+Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dow&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render the selected job later (Alt+Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder of the selected job&apos;s file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render every job that is not done yet (Ctrl+Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop rendering; what is half-written is taken away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Final</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line that was removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{start:.2f}–{end:.2f} s of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {start:.2f} s of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering, {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render To</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SceneStrip</name>
    <message>
        <source>Scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lines} lines of {characters} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{start:.2f} to {end:.2f} s of the scene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to work on it, drag to move it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Fold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Dope sheet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search actions, menus and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words of an action or its menu, or a key such as Ctrl+S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys as another program has them; own changes are dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this key for the action; who has it now loses it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key for the action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys the preset has for the action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys to a file, for another machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed; the preset has {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”, which would lose it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key maps (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playing speed, with the pitch kept. J, K and L shuttle: backwards, stop, forwards; again is faster</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Undo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to render queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply transcript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bake keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bend tangent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change in and out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change lip-sync offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change phoneme strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change phonemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change pose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change render queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change transcript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change viseme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear emotions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear in and out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ease</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import TextGrid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge phonemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move boundary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nudge keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relabel phoneme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relabel phonemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relink media</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from render queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove pose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reorder render queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset amounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retime keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set in point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set out point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set tangents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simplify keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snap keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split phoneme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch track</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trim line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TakeList</name>
    <message>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TakeRow</name>
    <message>
        <source>Compare as {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare: this take as {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score {score} · seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>older than the line</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TakesPanel</name>
    <message>
        <source>New Take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the performance as it is now, and others with other seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many takes to make, each with a seed of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No takes yet. A take keeps a performance, so that you can try others and come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the take play there, from the in to the out point or over the whole line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the live performance play again, from the in to the out point or over the whole line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment on the take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A colour to tell takes apart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the take, and where it plays (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the other one (B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plays: {regions}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The takes are locked in the timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{start:.2f}–{end:.2f} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for ({place})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the line as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose B on a take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare: A {a}, B {b}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Performing takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for the Whole Face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing takes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Drawing thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playhead: type a timecode, frames (40), seconds (1.5 s) or a step (+10)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Marker {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is performed here yet: wait a moment, then pin it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Instructions&lt;/b&gt;: double-click and say how to play this stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not understood: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strength {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Takes&lt;/b&gt;: right-click to place one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>older than its inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>additive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, {1}, weight {2} %, {3} curves&lt;br&gt;{4}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select phonemes, or set in and out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;&lt;br&gt;{1}, no keys: {2} throughout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solo {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag for the height of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blinks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaze targets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic: editing one keeps them all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Blink&lt;/b&gt;, strength {0}, {1} ms&lt;br&gt;{2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks at the viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}° to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}° to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}° down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}° up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Pins&lt;/b&gt;: double-click to pin the face as it is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, {1} channels, reach {2} s&lt;br&gt;{3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In to out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, in “{}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1} s, {2} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phonemes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blinks, gaze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Happy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lips</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cheeks and Nose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stepped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lips shut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lip to teeth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tongue between teeth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tongue tip up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tongue back up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teeth close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teeth close, lips forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tongue drawn back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open vowel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spread vowel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rounded vowel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” is no phoneme: type IPA such as ɑ or tʃ, or ARPAbet such as AA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phoneme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to play it, such as: warm, then doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scroll the tracks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the tour (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stop before (Left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next stop (Right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ada performs here. Drag to turn around her, with the middle button to move, with the right one to come closer. Keys 1, 2 and 3 look from the front, half way and the side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every line somebody speaks is here. Drop a recording, or type a text and a voice speaks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emotions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pull a slider, or the point in the wheel: the emotion is keyed at the playhead. Double-click a slider to set it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space plays and stops, J, K and L shuttle, Left and Right go by frames. Click the time to type another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound, words, phonemes and everything you key. The wheel zooms to the pointer, Shift and wheel pan, \ shows all of it. Drag a phoneme&apos;s edge to move it; double-click plays it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys of all tracks as curves with tangents, and as a dope sheet. F frames what is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo goes back as far as you like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every step is in the project&apos;s file as soon as it is made, also after closing it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+P searches every command; Ctrl+Alt+K changes its keys. This tour is in the Help menu.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrackList</name>
    <message>
        <source>Tracks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emotions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide (V); with Alt show only this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute (M): it does not act</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solo (S): only what is soloed acts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock (L): it cannot be changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Change {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Frames of this playback that came too late to be shown; the sound is never held up for them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position. Type a timecode, frames (36f), seconds (1.5s) or a step (+10), then Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count in timecode, seconds or frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No dropped frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 dropped frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} dropped frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Recording {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sound is heard: the picture follows the system&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What keeps the time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Viewport</name>
    <message>
        <source>Viewport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Give Ada something to say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a recording here, or type a line and have it spoken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Sound…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the Sample</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>panel</name>
    <message>
        <source>{name}: what the active layer does to it; the mark on the slider is what is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to show its curve; Ctrl adds it to those shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is seen at the playhead</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>The last change could not be saved and was not made. If the drive does not come back, go on in another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
