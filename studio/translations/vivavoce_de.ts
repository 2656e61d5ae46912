<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>&lt;b&gt;Viva Voce&lt;/b&gt; turns a recorded or typed line into facial animation and video, on this machine.</source>
        <translation>&lt;b&gt;Viva Voce&lt;/b&gt; macht aus einer aufgenommenen oder getippten Zeile Gesichtsanimation und Video, auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Its source is under the &lt;b&gt;Apache License 2.0&lt;/b&gt;. What is in its assets keeps the licence it came with, printed below.</source>
        <translation>Der Quelltext steht unter der &lt;b&gt;Apache License 2.0&lt;/b&gt;. Die mitgelieferten Inhalte behalten die Lizenz, mit der sie kamen; sie ist unten abgedruckt.</translation>
    </message>
    <message>
        <source>Two of the libraries it loads are under the &lt;b&gt;GNU General Public License, version 3&lt;/b&gt;: eSpeak NG, which speaks typed lines and knows how words sound, and Praat (through praat-parselmouth), which hears the melody of a voice. A packaged application that contains them is therefore distributed under the GPL, version 3; the source of Viva Voce itself stays Apache-2.0.</source>
        <translation>Zwei der geladenen Bibliotheken stehen unter der &lt;b&gt;GNU General Public License, Version 3&lt;/b&gt;: eSpeak NG, das getippte Zeilen spricht und weiß, wie Wörter klingen, und Praat (über praat-parselmouth), das die Melodie einer Stimme hört. Ein fertiges Programmpaket, das sie enthält, wird deshalb unter der GPL, Version 3, weitergegeben; der Quelltext von Viva Voce selbst bleibt Apache-2.0.</translation>
    </message>
    <message>
        <source>The window is made with Qt for Python (PySide6, LGPL version 3). Media are read and written by PyAV with FFmpeg; H.264 by x264 (GPL). Speech is aligned by PocketSphinx (BSD) and found by Silero VAD (MIT).</source>
        <translation>Das Fenster ist mit Qt for Python gemacht (PySide6, LGPL Version 3). Medien liest und schreibt PyAV mit FFmpeg, H.264 kommt von x264 (GPL). PocketSphinx (BSD) richtet Sprache aus, Silero VAD (MIT) findet sie.</translation>
    </message>
    <message>
        <source>About {name}</source>
        <translation>Über {name}</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>AgeRow</name>
    <message>
        <source>How old the person looks; lines, grey hairs and spots have sliders of their own</source>
        <translation>Wie alt die Person aussieht; Falten, graue Haare und Flecken haben eigene Regler</translation>
    </message>
    <message>
        <source>Age, years</source>
        <translation>Alter in Jahren</translation>
    </message>
</context>
<context>
    <name>Amount</name>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>How far the lips go for each sound; closures stay closures</source>
        <translation>Wie weit die Lippen bei jedem Laut gehen; Verschlüsse bleiben Verschlüsse</translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>How far the jaw opens</source>
        <translation>Wie weit sich der Kiefer öffnet</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>Lidschlag</translation>
    </message>
    <message>
        <source>How many blinks</source>
        <translation>Wie oft die Lider schlagen</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>How much the brows move with stress</source>
        <translation>Wie stark die Brauen die Betonung mitmachen</translation>
    </message>
    <message>
        <source>Gaze</source>
        <translation>Blick</translation>
    </message>
    <message>
        <source>How much the eyes move</source>
        <translation>Wie stark sich die Augen bewegen</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>How much the head moves with the phrasing</source>
        <translation>Wie stark der Kopf der Phrasierung folgt</translation>
    </message>
    <message>
        <source>Breath</source>
        <translation>Atem</translation>
    </message>
    <message>
        <source>How much the breath shows</source>
        <translation>Wie deutlich man den Atem sieht</translation>
    </message>
</context>
<context>
    <name>AmountDialog</name>
    <message>
        <source>Working…</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>{before} keys become {after}.</source>
        <translation>Aus {before} Schlüsselbildern werden {after}.</translation>
    </message>
</context>
<context>
    <name>AncestryRow</name>
    <message>
        <source>African</source>
        <translation>Afrikanisch</translation>
    </message>
    <message>
        <source>Asian</source>
        <translation>Asiatisch</translation>
    </message>
    <message>
        <source>European</source>
        <translation>Europäisch</translation>
    </message>
    <message>
        <source>Where the person’s forebears come from: drag the point, or type shares; a double click resets</source>
        <translation>Woher die Vorfahren der Person stammen: am Punkt ziehen oder Anteile eingeben; Doppelklick setzt zurück</translation>
    </message>
    <message>
        <source>Ancestry</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>{name}, share</source>
        <translation>{name}, Anteil</translation>
    </message>
</context>
<context>
    <name>Arrange</name>
    <message>
        <source>Alone</source>
        <translation>Allein</translation>
    </message>
    <message>
        <source>The one chosen in the middle, the others out of the picture</source>
        <translation>Die gewählte Figur in der Mitte, die anderen außerhalb des Bildes</translation>
    </message>
    <message>
        <source>Facing</source>
        <translation>Gegenüber</translation>
    </message>
    <message>
        <source>Two who look at each other; others behind them</source>
        <translation>Zwei, die einander ansehen; weitere dahinter</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Beside each other, turned a little inwards</source>
        <translation>Nebeneinander, leicht nach innen gedreht</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>In a row, looking ahead</source>
        <translation>In einer Reihe, Blick nach vorn</translation>
    </message>
</context>
<context>
    <name>AutoKeyButton</name>
    <message>
        <source>Auto Key</source>
        <translation>Auto-Key</translation>
    </message>
    <message>
        <source>Auto key</source>
        <translation>Auto-Key</translation>
    </message>
    <message>
        <source>sets keys at the playhead</source>
        <translation>setzt am Abspielkopf</translation>
    </message>
    <message>
        <source>moves the whole curve</source>
        <translation>verschiebt die ganze Kurve</translation>
    </message>
    <message>
        <source>On: a slider, the wheel or a handle sets a key at the playhead.</source>
        <translation>An: Regler, Rad und Griffe setzen ein Schlüsselbild am Abspielkopf.</translation>
    </message>
    <message>
        <source>Off: it moves the whole curve up or down.</source>
        <translation>Aus: Sie verschieben die ganze Kurve nach oben oder unten.</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>Gradient</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>Transparent</translation>
    </message>
</context>
<context>
    <name>BackgroundSection</name>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>What is behind the characters; a transparent one is kept by PNG and MOV files</source>
        <translation>Was hinter den Figuren ist; Transparenz bleibt in PNG- und MOV-Dateien erhalten</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Of the background; of a gradient&apos;s middle</source>
        <translation>Des Hintergrunds; beim Verlauf die der Mitte</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Of a gradient at the picture&apos;s edge</source>
        <translation>Farbe des Verlaufs am Bildrand</translation>
    </message>
    <message>
        <source>How far picture or surroundings are out of focus</source>
        <translation>Wie unscharf Bild oder Umgebung sind</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>A picture file, up to {side} pixels on a side; it may be dropped here, too</source>
        <translation>Eine Bilddatei, bis {side} Pixel je Seite; sie lässt sich auch hierherziehen</translation>
    </message>
    <message>
        <source>The picture is missing: a gradient is shown in its place.</source>
        <translation>Das Bild fehlt: An seiner Stelle ist ein Verlauf zu sehen.</translation>
    </message>
    <message>
        <source>Background Picture</source>
        <translation>Hintergrundbild</translation>
    </message>
    <message>
        <source>Pictures ({endings})</source>
        <translation>Bilder ({endings})</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Camera</name>
    <message>
        <source>Orbit</source>
        <translation>Umkreisen</translation>
    </message>
    <message>
        <source>Round the head, towards the character&apos;s left</source>
        <translation>Um den Kopf, zur linken Seite der Figur</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>Höhenwinkel</translation>
    </message>
    <message>
        <source>From above, or from below</source>
        <translation>Von oben oder von unten</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Tilts the picture: its top goes to the right</source>
        <translation>Neigt das Bild: Oben kippt nach rechts</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>From the point that is looked at</source>
        <translation>Vom Zielpunkt der Kamera</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>The point that is looked at, to the picture&apos;s right</source>
        <translation>Der Zielpunkt der Kamera, im Bild nach rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>The point that is looked at, upwards</source>
        <translation>Der Zielpunkt der Kamera, nach oben</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Of a lens on 24 × 36 mm film: longer comes closer and flattens</source>
        <translation>Eines Objektivs für 24 × 36 mm Film: Eine längere holt heran und staucht die Tiefe</translation>
    </message>
</context>
<context>
    <name>CameraFeed</name>
    <message>
        <source>the camera is off</source>
        <translation>Die Kamera ist aus</translation>
    </message>
    <message>
        <source>switch it on first</source>
        <translation>Schalten Sie sie zuerst ein</translation>
    </message>
</context>
<context>
    <name>CameraSection</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Count-in</source>
        <translation>Einzählen</translation>
    </message>
    <message>
        <source>Seconds before a take begins</source>
        <translation>Sekunden, bevor eine Aufnahme beginnt</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>On: the take has its own sound and becomes a line of its own. Off: the current line plays, and the take is a layer on it.</source>
        <translation>An: Die Aufnahme hat ihren eigenen Ton und wird eine eigene Zeile. Aus: Die aktuelle Zeile läuft, und die Aufnahme wird eine Ebene auf ihr.</translation>
    </message>
    <message>
        <source>With the microphone</source>
        <translation>Mit dem Mikrofon</translation>
    </message>
    <message>
        <source>As in a mirror; off, the picture faces you as the avatar does</source>
        <translation>Wie in einem Spiegel; ist dies aus, sieht das Bild Sie an wie die Figur</translation>
    </message>
    <message>
        <source>Mirror the picture</source>
        <translation>Bild spiegeln</translation>
    </message>
    <message>
        <source>Which camera looks at you</source>
        <translation>Welche Kamera Sie ansieht</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>Kameras neu suchen</translation>
    </message>
    <message>
        <source>How late the camera&apos;s pictures are: a take that lags behind the sound is moved earlier by this</source>
        <translation>Wie spät die Bilder der Kamera kommen: Um so viel wird eine Aufnahme, die dem Ton nachhinkt, vorgezogen</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>Suche Kameras</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Keine Kamera</translation>
    </message>
    <message>
        <source>No camera is found. Connect one and look again; on Linux you must belong to the group “video”.</source>
        <translation>Keine Kamera gefunden. Schließen Sie eine an und suchen Sie erneut; unter Linux müssen Sie zur Gruppe „video“ gehören.</translation>
    </message>
    <message>
        <source>Camera Off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>Camera On</source>
        <translation>Kamera an</translation>
    </message>
    <message>
        <source>Give the camera back</source>
        <translation>Die Kamera freigeben</translation>
    </message>
    <message>
        <source>See yourself, and let the avatar follow</source>
        <translation>Sich selbst sehen, und die Figur folgt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>There is no camera.</source>
        <translation>Es gibt keine Kamera.</translation>
    </message>
    <message>
        <source>Count in and record a take (Alt+Shift+R)</source>
        <translation>Einzählen und aufnehmen (Alt+Umschalt+R)</translation>
    </message>
    <message>
        <source>End the take; its curves come onto a layer</source>
        <translation>Die Aufnahme beenden; ihre Kurven kommen auf eine Ebene</translation>
    </message>
    <message>
        <source>Frame the head so; again for the other side where there is one</source>
        <translation>Den Kopf so ins Bild setzen; nochmals für die andere Seite, wo es eine gibt</translation>
    </message>
    <message>
        <source>Key all</source>
        <translation>Alle setzen</translation>
    </message>
    <message>
        <source>Set a key of every number of the camera at the playhead</source>
        <translation>Für jeden Wert der Kamera ein Schlüsselbild am Abspielkopf setzen</translation>
    </message>
    <message>
        <source>Auto key</source>
        <translation>Auto-Key</translation>
    </message>
    <message>
        <source>What is moved becomes a key at the playhead; else whole curves move</source>
        <translation>Was bewegt wird, wird ein Schlüsselbild am Abspielkopf; sonst verschieben sich ganze Kurven</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Moving the view leaves the camera where it is</source>
        <translation>Wer die Ansicht bewegt, lässt die Kamera, wo sie ist</translation>
    </message>
    <message>
        <source>From view</source>
        <translation>Aus Ansicht</translation>
    </message>
    <message>
        <source>Let the camera look from where the free view does</source>
        <translation>Die Kamera von dort blicken lassen, wo die freie Ansicht steht</translation>
    </message>
</context>
<context>
    <name>Capture</name>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Mouth and jaw; off, the lips stay as they are generated from the sound</source>
        <translation>Mund und Kiefer; ist dies aus, bleiben die Lippen, wie sie aus dem Ton erzeugt sind</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>Both brows</source>
        <translation>Beide Brauen</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Lids, blinks and where the eyes look</source>
        <translation>Lider, Blinzeln und wohin die Augen blicken</translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation>Wangen</translation>
    </message>
    <message>
        <source>Cheeks and nose</source>
        <translation>Wangen und Nase</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>How the head turns and moves</source>
        <translation>Wie sich der Kopf dreht und bewegt</translation>
    </message>
    <message>
        <source>Few</source>
        <translation>Wenige</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Many</source>
        <translation>Viele</translation>
    </message>
</context>
<context>
    <name>CaptureCommands</name>
    <message>
        <source>Videos ({endings});;All files (*)</source>
        <translation>Videos ({endings});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Capture from Video</source>
        <translation>Aus Video erfassen</translation>
    </message>
    <message>
        <source>This face is the face at rest now</source>
        <translation>Dieses Gesicht ist jetzt das Gesicht in Ruhe</translation>
    </message>
    <message>
        <source>There is no tracked face in the picture: capture the video first, or switch the camera on</source>
        <translation>Im Bild ist kein verfolgtes Gesicht: Erfassen Sie zuerst das Video, oder schalten Sie die Kamera ein</translation>
    </message>
    <message>
        <source>Recorded, but not captured when the studio ended: {names}. It is in {folder}.</source>
        <translation>Aufgenommen, aber noch nicht erfasst, als das Studio endete: {names}. Zu finden in {folder}.</translation>
    </message>
    <message>
        <source>Show It</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>{name} is shown beside this line, from the playhead on.</source>
        <translation>{name} ist neben dieser Zeile zu sehen, vom Abspielkopf an.</translation>
    </message>
    <message>
        <source>Open Its Sound as a New Line</source>
        <translation>Seinen Ton als neue Zeile öffnen</translation>
    </message>
    <message>
        <source>{name} is shown beside this line. Its sound is heard from {seconds:.2f} s on.</source>
        <translation>{name} wird neben dieser Zeile gezeigt. Sein Ton ist ab {seconds:.2f} s zu hören.</translation>
    </message>
    <message>
        <source>Align by Sound</source>
        <translation>Am Ton ausrichten</translation>
    </message>
</context>
<context>
    <name>CaptureList</name>
    <message>
        <source>No takes yet. Capture a video, or record your face; each take is a layer of curves.</source>
        <translation>Noch keine Aufnahmen. Erfassen Sie ein Video, oder nehmen Sie Ihr Gesicht auf; jede Aufnahme ist eine Ebene aus Kurven.</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Plays</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>This take plays; click to silence it</source>
        <translation>Diese Aufnahme läuft; ein Klick schaltet sie stumm</translation>
    </message>
    <message>
        <source>Let this take play in the place of the others</source>
        <translation>Diese Aufnahme anstelle der anderen laufen lassen</translation>
    </message>
    <message>
        <source>whole face</source>
        <translation>ganzes Gesicht</translation>
    </message>
    <message>
        <source>{seconds:.1f} s · {regions} · {keys} keys</source>
        <translation>{seconds:.1f} s · {regions} · {keys} Schlüssel</translation>
    </message>
</context>
<context>
    <name>Capturer</name>
    <message>
        <source>What was captured cannot begin before its line: {name} begins at {seconds:.2f} s. Capture it again to leave its beginning out.</source>
        <translation>Was erfasst wurde, kann nicht vor seiner Zeile beginnen: {name} beginnt bei {seconds:.2f} s. Neu erfasst, entfällt der Anfang.</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>Suche Gesichter</translation>
    </message>
    <message>
        <source>Getting the model that finds faces</source>
        <translation>Hole das Modell, das Gesichter findet</translation>
    </message>
    <message>
        <source>Another project was opened: the capture was stopped. Started again there, it goes on where it was.</source>
        <translation>Ein anderes Projekt wurde geöffnet: Das Erfassen wurde angehalten. Dort neu begonnen, geht es weiter, wo es war.</translation>
    </message>
    <message>
        <source>there is no video to capture from</source>
        <translation>Es gibt kein Video zum Erfassen</translation>
    </message>
    <message>
        <source>drop a video here, or choose File ▸ Capture from Video…</source>
        <translation>Legen Sie ein Video hier ab, oder wählen Sie Datei ▸ Aus Video erfassen …</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Erfasse {name}</translation>
    </message>
    <message>
        <source>The line that {name} was captured for is not there any more.</source>
        <translation>Die Zeile, für die {name} erfasst wurde, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>the first {seconds:.1f} s of the video are before the line and are left out</source>
        <translation>Die ersten {seconds:.1f} s des Videos liegen vor der Zeile und entfallen</translation>
    </message>
    <message>
        <source>the video goes on for {seconds:.1f} s after the line&apos;s end, where it is not seen</source>
        <translation>Das Video läuft {seconds:.1f} s über das Ende der Zeile hinaus, wo man es nicht sieht</translation>
    </message>
    <message>
        <source>Reading the capture</source>
        <translation>Lese die Erfassung</translation>
    </message>
</context>
<context>
    <name>Cast</name>
    <message>
        <source>+ Character</source>
        <translation>+ Figur</translation>
    </message>
    <message>
        <source>Another character, who gets the next lines</source>
        <translation>Eine weitere Figur, die die nächsten Zeilen bekommt</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename what is selected (F2)</source>
        <translation>Das Gewählte umbenennen (F2)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove what is selected; of a character its lines too (Delete)</source>
        <translation>Das Gewählte entfernen; bei einer Figur auch ihre Zeilen (Entf)</translation>
    </message>
    <message>
        <source>{name}; the People panel changes how they look</source>
        <translation>{name}; das Bedienfeld „Personen“ ändert das Aussehen</translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation>{seconds:.1f} s</translation>
    </message>
    <message>
        <source>{name}, {length}, starts at {start:.2f} s; drag it to another character</source>
        <translation>{name}, {length}, beginnt bei {start:.2f} s; auf eine andere Figur ziehen</translation>
    </message>
</context>
<context>
    <name>CastTree</name>
    <message>
        <source>Characters and lines</source>
        <translation>Figuren und Zeilen</translation>
    </message>
</context>
<context>
    <name>ChannelRow</name>
    <message>
        <source>{name}: what the active layer does to it; the mark on the slider is what is seen</source>
        <translation>{name}: was die aktive Ebene daran ändert; die Marke am Regler zeigt, was man sieht</translation>
    </message>
    <message>
        <source>Click to show its curve; Ctrl adds it to those shown</source>
        <translation>Klick zeigt seine Kurve; mit Strg kommt sie zu den gezeigten hinzu</translation>
    </message>
    <message>
        <source>What is seen at the playhead</source>
        <translation>Was am Abspielkopf zu sehen ist</translation>
    </message>
</context>
<context>
    <name>Channels</name>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Cheeks and Nose</source>
        <translation>Wangen und Nase</translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>Mund</translation>
    </message>
    <message>
        <source>Tongue</source>
        <translation>Zunge</translation>
    </message>
    <message>
        <source>Head and Breath</source>
        <translation>Kopf und Atem</translation>
    </message>
    <message>
        <source>Amounts</source>
        <translation>Anteile</translation>
    </message>
</context>
<context>
    <name>ChannelsPanel</name>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search channels</source>
        <translation>Kanäle suchen</translation>
    </message>
    <message>
        <source>Only channels whose name holds this</source>
        <translation>Nur Kanäle, deren Name das enthält</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Left and right together: what one side does, the other does too</source>
        <translation>Links und rechts gemeinsam: Was eine Seite tut, tut auch die andere</translation>
    </message>
    <message>
        <source>Keyed</source>
        <translation>Animiert</translation>
    </message>
    <message>
        <source>Only channels that have keys on the active layer</source>
        <translation>Nur Kanäle mit Schlüsselbildern auf der aktiven Ebene</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Show the selected channels in the curve editor; all keyed ones where none is</source>
        <translation>Die gewählten Kanäle im Kurveneditor zeigen; ist keiner gewählt, alle animierten</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>it is nothing of a timeline</source>
        <translation>sie enthält nichts aus einer Zeitleiste</translation>
    </message>
    <message>
        <source>the clipboard cannot be used: {why}</source>
        <translation>die Zwischenablage ist nicht verwendbar: {why}</translation>
    </message>
    <message>
        <source>copy keys or clips in the timeline first</source>
        <translation>zuerst in der Zeitleiste Schlüsselbilder oder Clips kopieren</translation>
    </message>
    <message>
        <source>the clipboard&apos;s text cannot be read ({why})</source>
        <translation>der Text der Zwischenablage ist nicht lesbar ({why})</translation>
    </message>
    <message>
        <source>no line has a track “{track}”</source>
        <translation>keine Zeile hat eine Spur „{track}“</translation>
    </message>
</context>
<context>
    <name>Clock</name>
    <message>
        <source>Silent clock</source>
        <translation>Stille Uhr</translation>
    </message>
    <message>
        <source>no sound device</source>
        <translation>kein Tongerät</translation>
    </message>
    <message>
        <source>connect or enable one, then start again</source>
        <translation>eines anschließen oder einschalten, dann neu starten</translation>
    </message>
    <message>
        <source>Sound: {device}</source>
        <translation>Ton: {device}</translation>
    </message>
    <message>
        <source>the sound device is gone ({why})</source>
        <translation>das Tongerät ist weg ({why})</translation>
    </message>
    <message>
        <source>the sound device keeps no time</source>
        <translation>das Tongerät hält den Takt nicht</translation>
    </message>
    <message>
        <source>the sound device stopped</source>
        <translation>das Tongerät blieb stehen</translation>
    </message>
    <message>
        <source>the sound device does not start ({why})</source>
        <translation>das Tongerät startet nicht ({why})</translation>
    </message>
</context>
<context>
    <name>ColourRow</name>
    <message>
        <source>Any other colour</source>
        <translation>Beliebige andere Farbe</translation>
    </message>
</context>
<context>
    <name>CompanySection</name>
    <message>
        <source>Characters</source>
        <translation>Figuren</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Whose place the sliders set; a click on a character in the viewport chooses it</source>
        <translation>Wessen Platz die Regler bestimmen; ein Klick auf eine Figur im Viewport wählt sie</translation>
    </message>
    <message>
        <source>Metres from the middle of the scene</source>
        <translation>Meter von der Mitte der Szene</translation>
    </message>
    <message>
        <source>Aside</source>
        <translation>Seitlich</translation>
    </message>
    <message>
        <source>To the picture&apos;s right. {unit}</source>
        <translation>Im Bild nach rechts. {unit}</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Upwards. {unit}</source>
        <translation>Nach oben. {unit}</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Towards the camera. {unit}</source>
        <translation>Auf die Kamera zu. {unit}</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>About the vertical, towards the character&apos;s left</source>
        <translation>Um die Senkrechte, zur linken Seite der Figur</translation>
    </message>
    <message>
        <source>There is nobody.</source>
        <translation>Es ist niemand da.</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Flip</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
</context>
<context>
    <name>CompareOverlay</name>
    <message>
        <source>{a} against {b}, heads aligned: at most {apart:.1f} mm</source>
        <translation>{a} gegen {b}, Köpfe zur Deckung gebracht: höchstens {apart:.1f} mm</translation>
    </message>
    <message>
        <source>{most:g} mm</source>
        <translation>{most:g} mm</translation>
    </message>
</context>
<context>
    <name>Conductor</name>
    <message>
        <source>Finding the phonemes…</source>
        <translation>Phoneme werden gesucht …</translation>
    </message>
    <message>
        <source>Not analysed yet: Line ▸ Analyse Again</source>
        <translation>Noch nicht analysiert: Zeile ▸ Neu analysieren</translation>
    </message>
    <message>
        <source>Opening the sound</source>
        <translation>Ton wird geöffnet</translation>
    </message>
    <message>
        <source>Drawing the waveform</source>
        <translation>Wellenform wird gezeichnet</translation>
    </message>
    <message>
        <source>Performing</source>
        <translation>Darbietung wird berechnet</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Opening the sample line</source>
        <translation>Beispielzeile wird geöffnet</translation>
    </message>
    <message>
        <source>opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Analysing the selection</source>
        <translation>Auswahl wird analysiert</translation>
    </message>
    <message>
        <source>Speaking the text</source>
        <translation>Text wird gesprochen</translation>
    </message>
    <message>
        <source>Analysing {name}</source>
        <translation>{name} wird analysiert</translation>
    </message>
    <message>
        <source>there is no line to put the TextGrid on</source>
        <translation>es gibt keine Zeile für das TextGrid</translation>
    </message>
    <message>
        <source>open its sound first</source>
        <translation>zuerst den zugehörigen Ton öffnen</translation>
    </message>
    <message>
        <source>this line has no phonemes yet</source>
        <translation>diese Zeile hat noch keine Phoneme</translation>
    </message>
    <message>
        <source>wait until it is analysed</source>
        <translation>warten, bis sie analysiert ist</translation>
    </message>
</context>
<context>
    <name>CurveBar</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time of the selected keys: 00:00:01:15, 45f, 1.5s, or a step such as +10</source>
        <translation>Zeit der gewählten Schlüsselbilder: 00:00:01:15, 45f, 1.5s oder ein Schritt wie +10</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value of the selected keys</source>
        <translation>Wert der gewählten Schlüsselbilder</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Curves over time (D)</source>
        <translation>Kurven über der Zeit (D)</translation>
    </message>
    <message>
        <source>Dope sheet</source>
        <translation>Dopesheet</translation>
    </message>
    <message>
        <source>Keys as rows (D)</source>
        <translation>Schlüsselbilder in Zeilen (D)</translation>
    </message>
    <message>
        <source>Auto tangents: smooth, never beyond the neighbouring keys</source>
        <translation>Automatische Tangenten: glatt, nie über die Nachbarschlüssel hinaus</translation>
    </message>
    <message>
        <source>Flat tangents</source>
        <translation>Flache Tangenten</translation>
    </message>
    <message>
        <source>Linear tangents: straight to the neighbouring keys</source>
        <translation>Lineare Tangenten: geradlinig zu den Nachbarschlüsseln</translation>
    </message>
    <message>
        <source>Stepped: the value holds until the next key</source>
        <translation>Gestuft: Der Wert hält bis zum nächsten Schlüsselbild</translation>
    </message>
    <message>
        <source>Free tangents: one slope for both sides; drag a handle</source>
        <translation>Freie Tangenten: eine Steigung für beide Seiten; an einem Griff ziehen</translation>
    </message>
    <message>
        <source>Broken tangents: a slope for each side; also Shift and drag a handle</source>
        <translation>Gebrochene Tangenten: eine Steigung je Seite; auch mit Umschalt an einem Griff ziehen</translation>
    </message>
    <message>
        <source>Keys snap to frames</source>
        <translation>Schlüsselbilder rasten auf Einzelbildern ein</translation>
    </message>
    <message>
        <source>Keys snap to values, half a grid line apart</source>
        <translation>Schlüsselbilder rasten auf Werten ein, im Abstand einer halben Rasterlinie</translation>
    </message>
    <message>
        <source>Show selected tracks alone</source>
        <translation>Nur die gewählten Spuren zeigen</translation>
    </message>
    <message>
        <source>Draw every curve against its own limits, so that millimetres, radians and levels can be seen together</source>
        <translation>Jede Kurve in ihren eigenen Grenzen zeichnen, damit man Millimeter, Bogenmaß und Anteile zusammen sieht</translation>
    </message>
    <message>
        <source>Frame the selected keys (F)</source>
        <translation>Auf die gewählten Schlüsselbilder zoomen (F)</translation>
    </message>
    <message>
        <source>Frame all (A)</source>
        <translation>Auf alles zoomen (A)</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüsselbilder</translation>
    </message>
    <message>
        <source>Everything that can be done with keys</source>
        <translation>Alles, was man mit Schlüsselbildern tun kann</translation>
    </message>
    <message>
        <source>Keys menu</source>
        <translation>Menü Schlüsselbilder</translation>
    </message>
    <message>
        <source>{text} is no number; type a value such as 0.75.</source>
        <translation>{text} ist keine Zahl; einen Wert wie 0.75 eingeben.</translation>
    </message>
</context>
<context>
    <name>CurveEditor</name>
    <message>
        <source>Curve editor</source>
        <translation>Kurveneditor</translation>
    </message>
    <message>
        <source>Search tracks</source>
        <translation>Spuren suchen</translation>
    </message>
    <message>
        <source>List only tracks whose name holds this</source>
        <translation>Nur Spuren auflisten, deren Name das enthält</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>List the layers&apos; channels without keys too</source>
        <translation>Auch Kanäle der Ebenen ohne Schlüsselbilder auflisten</translation>
    </message>
</context>
<context>
    <name>CurveVerbs</name>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Flach</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Stepped</source>
        <translation>Gestuft</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>Gebrochen</translation>
    </message>
    <message>
        <source>Ease In</source>
        <translation>Ease-in</translation>
    </message>
    <message>
        <source>Ease Out</source>
        <translation>Ease-out</translation>
    </message>
    <message>
        <source>Ease In and Out</source>
        <translation>Ease-in und -out</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Overshoot</source>
        <translation>Überschwingen</translation>
    </message>
    <message>
        <source>Anticipate</source>
        <translation>Ausholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste at Playhead</source>
        <translation>Am Abspielkopf &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Duplicate at Playhead</source>
        <translation>Am Abspielkopf &amp;duplizieren</translation>
    </message>
    <message>
        <source>D&amp;elete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
    <message>
        <source>&amp;Key at Playhead</source>
        <translation>&amp;Schlüsselbild am Abspielkopf</translation>
    </message>
    <message>
        <source>Ta&amp;ngents</source>
        <translation>Ta&amp;ngenten</translation>
    </message>
    <message>
        <source>&amp;Ease</source>
        <translation>&amp;Ease</translation>
    </message>
    <message>
        <source>&amp;Simplify…</source>
        <translation>&amp;Vereinfachen …</translation>
    </message>
    <message>
        <source>S&amp;mooth…</source>
        <translation>&amp;Glätten …</translation>
    </message>
    <message>
        <source>&amp;Bake to Frames</source>
        <translation>Auf Einzelbilder &amp;backen</translation>
    </message>
    <message>
        <source>S&amp;nap to Frames</source>
        <translation>Auf Einzelbilder e&amp;inrasten</translation>
    </message>
    <message>
        <source>Re&amp;time…</source>
        <translation>&amp;Zeit dehnen …</translation>
    </message>
    <message>
        <source>&amp;Reverse</source>
        <translation>&amp;Umkehren</translation>
    </message>
    <message>
        <source>&amp;Flip Values</source>
        <translation>&amp;Werte spiegeln</translation>
    </message>
    <message>
        <source>Mirror &amp;Left and Right</source>
        <translation>&amp;Links und rechts tauschen</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>This project is open for reading only: {reason}.</source>
        <translation>Dieses Projekt ist nur zum Lesen geöffnet: {reason}.</translation>
    </message>
    <message>
        <source>Open a sound or type a line first.</source>
        <translation>Zuerst einen Ton öffnen oder eine Zeile tippen.</translation>
    </message>
    <message>
        <source>The layer “{name}” is locked.</source>
        <translation>Die Ebene „{name}“ ist gesperrt.</translation>
    </message>
    <message>
        <source>This track is locked in the timeline.</source>
        <translation>Diese Spur ist in der Zeitleiste gesperrt.</translation>
    </message>
    <message>
        <source>The emotion tracks are locked in the timeline.</source>
        <translation>Die Emotionsspuren sind in der Zeitleiste gesperrt.</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>This project is open for reading only; save it under another name to change it</source>
        <translation>Dieses Projekt ist nur zum Lesen geöffnet; unter anderem Namen speichern, um es zu ändern</translation>
    </message>
    <message>
        <source>{} is locked: click its padlock to change it</source>
        <translation>{} ist gesperrt: zum Ändern auf das Schloss klicken</translation>
    </message>
    <message>
        <source>Select keys or clips to copy</source>
        <translation>Zum Kopieren Schlüsselbilder oder Clips wählen</translation>
    </message>
    <message>
        <source>Copied {0} keys and {1} clips</source>
        <translation>{0} Schlüsselbilder und {1} Clips kopiert</translation>
    </message>
    <message>
        <source>The clipboard holds nothing of a timeline</source>
        <translation>Die Zwischenablage enthält nichts aus einer Zeitleiste</translation>
    </message>
    <message>
        <source>{0} of {1} lie beyond the end of the line and stay on the clipboard</source>
        <translation>{0} von {1} liegen hinter dem Ende der Zeile und bleiben in der Zwischenablage</translation>
    </message>
    <message>
        <source>{0} of {1} belong on a locked track</source>
        <translation>{0} von {1} gehören auf eine gesperrte Spur</translation>
    </message>
    <message>
        <source>{0} of {1} play a take that this line does not have</source>
        <translation>{0} von {1} spielen einen Take, den diese Zeile nicht hat</translation>
    </message>
    <message>
        <source>Pasted {}</source>
        <translation>{} eingefügt</translation>
    </message>
    <message>
        <source>Nothing pasted</source>
        <translation>Nichts eingefügt</translation>
    </message>
    <message>
        <source>There is no room for a copy before the end of the line</source>
        <translation>Vor dem Ende der Zeile ist kein Platz für eine Kopie</translation>
    </message>
    <message>
        <source>Select two or more neighbouring phonemes to merge</source>
        <translation>Zum Verbinden zwei oder mehr benachbarte Phoneme wählen</translation>
    </message>
</context>
<context>
    <name>Emotion</name>
    <message>
        <source>Angry</source>
        <translation>Wütend</translation>
    </message>
    <message>
        <source>Contempt</source>
        <translation>Verächtlich</translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation>Angewidert</translation>
    </message>
    <message>
        <source>Fear</source>
        <translation>Ängstlich</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>Fröhlich</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Traurig</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
</context>
<context>
    <name>EmotionWheel</name>
    <message>
        <source>Emotion wheel</source>
        <translation>Emotionsrad</translation>
    </message>
    <message>
        <source>Drag the puck: its direction mixes two emotions, its distance is their intensity
Shift keeps the direction, Ctrl goes to the nearest emotion, a double click makes neutral</source>
        <translation>Am Punkt ziehen: Seine Richtung mischt zwei Emotionen, sein Abstand ist ihre Intensität
Umschalt hält die Richtung, Strg springt zur nächsten Emotion, ein Doppelklick macht neutral</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
</context>
<context>
    <name>Ensemble</name>
    <message>
        <source>Performing the others</source>
        <translation>Darbietung der anderen wird berechnet</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>1080 × 1080, square</source>
        <translation>1080 × 1080, quadratisch</translation>
    </message>
    <message>
        <source>1080 × 1920, upright</source>
        <translation>1080 × 1920, hochkant</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>This line</source>
        <translation>Diese Zeile</translation>
    </message>
    <message>
        <source>All lines, one after another</source>
        <translation>Alle Zeilen nacheinander</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>{rate} frames per second</source>
        <translation>{rate} Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Movie (*.mp4);;ProRes 4444 (*.mov);;Picture sequence (*.png);;Motion, NumPy (*.npz);;Live Link Face (*.csv);;TextGrid (*.TextGrid);;Sound (*.wav)</source>
        <translation>Film (*.mp4);;ProRes 4444 (*.mov);;Bildsequenz (*.png);;Bewegung, NumPy (*.npz);;Live Link Face (*.csv);;TextGrid (*.TextGrid);;Ton (*.wav)</translation>
    </message>
    <message>
        <source>Movie, MP4</source>
        <translation>Film, MP4</translation>
    </message>
    <message>
        <source>Movie for editing, ProRes 4444</source>
        <translation>Film für den Schnitt, ProRes 4444</translation>
    </message>
    <message>
        <source>Picture sequence, PNG</source>
        <translation>Bildsequenz, PNG</translation>
    </message>
    <message>
        <source>Motion, NumPy</source>
        <translation>Bewegung, NumPy</translation>
    </message>
    <message>
        <source>Motion, Live Link Face</source>
        <translation>Bewegung, Live Link Face</translation>
    </message>
    <message>
        <source>Phonemes, TextGrid</source>
        <translation>Phoneme, TextGrid</translation>
    </message>
    <message>
        <source>Sound, WAV</source>
        <translation>Ton, WAV</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>quick, to look at the motion</source>
        <translation>schnell, um die Bewegung zu beurteilen</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>as the viewport shows it</source>
        <translation>wie im Viewport</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>smooth edges, soft shadows, several times as long</source>
        <translation>glatte Kanten, weiche Schatten, mehrfache Dauer</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Endfassung</translation>
    </message>
    <message>
        <source>the best there is, many times as long</source>
        <translation>das Beste, vielfache Dauer</translation>
    </message>
    <message>
        <source>The scene&apos;s camera</source>
        <translation>Kamera der Szene</translation>
    </message>
    <message>
        <source>As in the viewport</source>
        <translation>Wie im Viewport</translation>
    </message>
    <message>
        <source>The scene&apos;s camera follows its keys; the viewport&apos;s stands where you look from now</source>
        <translation>Die Kamera der Szene folgt ihren Schlüsselbildern; die des Viewports steht, wo der Blick jetzt herkommt</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>What is written; the file&apos;s name ends accordingly</source>
        <translation>Was geschrieben wird; der Dateiname endet entsprechend</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>{level}: {what}</source>
        <translation>{level}: {what}</translation>
    </message>
    <message>
        <source>How much is spent on every picture</source>
        <translation>Wie viel Aufwand jedes Bild bekommt</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The whole range: {seconds} s, {count} frames</source>
        <translation>Der ganze Bereich: {seconds} s, {count} Einzelbilder</translation>
    </message>
    <message>
        <source>The background is transparent: written with straight alpha.</source>
        <translation>Der Hintergrund ist transparent: mit nicht vormultipliziertem Alpha (straight) geschrieben.</translation>
    </message>
    <message>
        <source>MP4 holds no transparency: the gradient is drawn behind. Choose ProRes 4444 or PNG to keep it.</source>
        <translation>MP4 kennt keine Transparenz: Dahinter wird der Verlauf gezeichnet. Mit ProRes 4444 oder PNG bleibt sie erhalten.</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>{name} wird exportiert</translation>
    </message>
    <message>
        <source>the file&apos;s name has no ending that says what to write</source>
        <translation>dem Dateinamen fehlt die Endung, die sagt, was geschrieben werden soll</translation>
    </message>
    <message>
        <source>end it with .mp4, .mov, .png, .npz, .csv, .TextGrid or .wav</source>
        <translation>mit .mp4, .mov, .png, .npz, .csv, .TextGrid oder .wav enden lassen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{name} is written: {seconds} s.</source>
        <translation>{name} ist geschrieben: {seconds} s.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Abgebrochen; es wurde nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>FaceRecorder</name>
    <message>
        <source>Opening the camera…</source>
        <translation>Öffne die Kamera …</translation>
    </message>
    <message>
        <source>No face is seen: turn to the camera, and to the light.</source>
        <translation>Kein Gesicht zu sehen: Wenden Sie sich der Kamera zu, und dem Licht.</translation>
    </message>
    <message>
        <source>the camera is off</source>
        <translation>Die Kamera ist aus</translation>
    </message>
    <message>
        <source>switch it on first</source>
        <translation>Schalten Sie sie zuerst ein</translation>
    </message>
    <message>
        <source>save it under another name first</source>
        <translation>Speichern Sie es zuerst unter einem anderen Namen</translation>
    </message>
    <message>
        <source>Opening the microphone</source>
        <translation>Öffne das Mikrofon</translation>
    </message>
    <message>
        <source>Keeping the take</source>
        <translation>Bewahre die Aufnahme auf</translation>
    </message>
    <message>
        <source>Nothing was recorded.</source>
        <translation>Nichts wurde aufgenommen.</translation>
    </message>
    <message>
        <source>{count} pictures were lost: the drive was too slow.</source>
        <translation>{count} Bilder gingen verloren: Das Laufwerk war zu langsam.</translation>
    </message>
    <message>
        <source>The line that {name} was recorded for is not open any more. The film is kept, and can be captured from: {path}</source>
        <translation>Die Zeile, für die {name} aufgenommen wurde, ist nicht mehr offen. Der Film bleibt erhalten und lässt sich erfassen: {path}</translation>
    </message>
    <message>
        <source>What was recorded until then is kept.</source>
        <translation>Was bis dahin aufgenommen wurde, bleibt.</translation>
    </message>
    <message>
        <source>The avatar cannot follow before the model that finds faces is there: choose Get the Model above.</source>
        <translation>Der Avatar kann erst folgen, wenn das Modell da ist, das Gesichter findet: oben „Modell holen“ wählen.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Close other programs, or work on a shorter sound.</source>
        <translation>Andere Programme schließen oder mit einem kürzeren Ton arbeiten.</translation>
    </message>
    <message>
        <source>Something went wrong inside Viva Voce; what you did last was not done.</source>
        <translation>In Viva Voce ist etwas schiefgegangen; der letzte Schritt wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Your work is safe in the project. If it happens again, send us the details below.</source>
        <translation>Ihre Arbeit ist im Projekt sicher. Wenn es wieder geschieht, schicken Sie uns bitte die Einzelheiten unten.</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>The last change could not be saved and was not made. If the drive does not come back, go on in another file.</source>
        <translation>Die letzte Änderung konnte nicht gespeichert werden und wurde nicht gemacht. Kommt das Laufwerk nicht zurück, in einer anderen Datei weiterarbeiten.</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>Speichern unter …</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Projects (*.viva)</source>
        <translation>Projekte (*.viva)</translation>
    </message>
    <message>
        <source>Sound and video (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.wma *.webm *.mp4 *.mov *.mkv *.avi);;All files (*)</source>
        <translation>Ton und Video (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.wma *.webm *.mp4 *.mov *.mkv *.avi);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>TextGrids (*.TextGrid *.textgrid);;All files (*)</source>
        <translation>TextGrids (*.TextGrid *.textgrid);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Motion (*.npz *.csv *.glb);;All files (*)</source>
        <translation>Bewegung (*.npz *.csv *.glb);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Subtitles and text (*.srt *.vtt *.txt);;All files (*)</source>
        <translation>Untertitel und Text (*.srt *.vtt *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{name} is too long for a transcript</source>
        <translation>{name} ist zu lang für ein Transkript</translation>
    </message>
    <message>
        <source>drop the text of this line alone</source>
        <translation>nur den Text dieser Zeile hineinziehen</translation>
    </message>
    <message>
        <source>Import Motion</source>
        <translation>Bewegung importieren</translation>
    </message>
    <message>
        <source>Import Subtitles or Text</source>
        <translation>Untertitel oder Text importieren</translation>
    </message>
    <message>
        <source>{count} sounds could not be collected: they are missing, or are not what they were.</source>
        <translation>{count} Töne konnten nicht eingesammelt werden: Sie fehlen oder sind nicht mehr dieselben.</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>{count} sounds are in the project now: {size:.1f} MB</source>
        <translation>{count} Töne sind jetzt im Projekt: {size:.1f} MB</translation>
    </message>
    <message>
        <source>All sounds are in the project already</source>
        <translation>Alle Töne sind schon im Projekt</translation>
    </message>
    <message>
        <source>Open Project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Open Sound</source>
        <translation>Ton öffnen</translation>
    </message>
    <message>
        <source>Replace Sound</source>
        <translation>Ton ersetzen</translation>
    </message>
    <message>
        <source>Import TextGrid</source>
        <translation>TextGrid importieren</translation>
    </message>
    <message>
        <source>This project has no name yet. Save it?</source>
        <translation>Dieses Projekt hat noch keinen Namen. Speichern?</translation>
    </message>
    <message>
        <source>Otherwise it is thrown away.</source>
        <translation>Sonst wird es verworfen.</translation>
    </message>
    <message>
        <source>Everything is saved, as it is after every step</source>
        <translation>Alles ist gespeichert, wie nach jedem Schritt</translation>
    </message>
    <message>
        <source>Save Project As</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Als {name} gespeichert</translation>
    </message>
    <message>
        <source>Save a Copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>A copy was saved as {name}</source>
        <translation>Eine Kopie wurde als {name} gespeichert</translation>
    </message>
    <message>
        <source>Export TextGrid</source>
        <translation>TextGrid exportieren</translation>
    </message>
    <message>
        <source>{name} is written</source>
        <translation>{name} ist geschrieben</translation>
    </message>
    <message>
        <source>An untitled project was not saved before the studio ended last time; nothing of it is lost.</source>
        <translation>Ein Projekt ohne Namen war noch nicht gespeichert, als das Studio zuletzt endete; nichts davon ist verloren.</translation>
    </message>
    <message>
        <source>Open It</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Throw It Away</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>the folder {folder} cannot be read ({why})</source>
        <translation>der Ordner {folder} ist nicht lesbar ({why})</translation>
    </message>
    <message>
        <source>see that its drive is there</source>
        <translation>nachsehen, ob sein Laufwerk da ist</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>A face is found.</source>
        <translation>Ein Gesicht ist gefunden.</translation>
    </message>
    <message>
        <source>{count} faces: click the one to capture in the picture.</source>
        <translation>{count} Gesichter: Klicken Sie im Bild das an, das erfasst werden soll.</translation>
    </message>
    <message>
        <source>No face in this picture. Go to one where the face is seen from the front.</source>
        <translation>Kein Gesicht in diesem Bild. Gehen Sie zu einem, in dem es von vorn zu sehen ist.</translation>
    </message>
    <message>
        <source>The model that finds faces is not on this machine yet: 36 MB, to be had once over a network.</source>
        <translation>Das Modell, das Gesichter findet, ist noch nicht auf diesem Rechner: 36 MB, einmal über ein Netzwerk zu holen.</translation>
    </message>
    <message>
        <source>This face will be captured.</source>
        <translation>Dieses Gesicht wird erfasst.</translation>
    </message>
</context>
<context>
    <name>Framing</name>
    <message>
        <source>Front</source>
        <translation>Vorn</translation>
    </message>
    <message>
        <source>Three-quarter</source>
        <translation>Dreiviertel</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Totale</translation>
    </message>
    <message>
        <source>Close-up</source>
        <translation>Nah</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>Mund</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
</context>
<context>
    <name>GainRow</name>
    <message>
        <source>How much of the captured movement comes through: 1 is all of it, 2 is twice as much; a double click resets it</source>
        <translation>Wie viel der erfassten Bewegung ankommt: 1 ist alles, 2 das Doppelte; ein Doppelklick setzt zurück</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>The captured values of {channel} that become 0 and 1: for an actor who does little they lie close together</source>
        <translation>Die erfassten Werte von {channel}, die 0 und 1 werden: Bei jemandem, der wenig macht, liegen sie nah beieinander</translation>
    </message>
    <message>
        <source>Start of the range</source>
        <translation>Anfang des Bereichs</translation>
    </message>
    <message>
        <source>End of the range</source>
        <translation>Ende des Bereichs</translation>
    </message>
    <message>
        <source>{what} of {channel}</source>
        <translation>{what} von {channel}</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Curve graph</source>
        <translation>Kurvengraph</translation>
    </message>
    <message>
        <source>Open a sound or type a line first.</source>
        <translation>Zuerst einen Ton öffnen oder eine Zeile tippen.</translation>
    </message>
    <message>
        <source>All curves with keys are hidden.</source>
        <translation>Alle Kurven mit Schlüsselbildern sind ausgeblendet.</translation>
    </message>
    <message>
        <source>No keys yet. Select a track in the list and double-click here, or move a slider.</source>
        <translation>Noch keine Schlüsselbilder. Eine Spur in der Liste wählen und hier doppelklicken oder einen Regler bewegen.</translation>
    </message>
    <message>
        <source>Select one track in the list first, or double-click on a curve.</source>
        <translation>Zuerst eine Spur in der Liste wählen oder auf eine Kurve doppelklicken.</translation>
    </message>
</context>
<context>
    <name>Guides</name>
    <message>
        <source>Picture&apos;s &amp;Frame</source>
        <translation>Bild&amp;rahmen</translation>
    </message>
    <message>
        <source>Show through the camera just what is exported</source>
        <translation>Durch die Kamera genau das zeigen, was exportiert wird</translation>
    </message>
    <message>
        <source>&amp;Action Safe</source>
        <translation>&amp;Aktionssicherer Bereich</translation>
    </message>
    <message>
        <source>93 % of the picture: what moves should stay inside</source>
        <translation>93 % des Bildes: Was sich bewegt, sollte darin bleiben</translation>
    </message>
    <message>
        <source>&amp;Title Safe</source>
        <translation>&amp;Titelsicherer Bereich</translation>
    </message>
    <message>
        <source>90 % of the picture: words should stay inside</source>
        <translation>90 % des Bildes: Schrift sollte darin bleiben</translation>
    </message>
    <message>
        <source>T&amp;hirds</source>
        <translation>&amp;Drittelraster</translation>
    </message>
    <message>
        <source>Lines at thirds of the picture</source>
        <translation>Linien auf den Dritteln des Bildes</translation>
    </message>
    <message>
        <source>&amp;Centre</source>
        <translation>Bild&amp;mitte</translation>
    </message>
    <message>
        <source>A cross in the picture&apos;s middle</source>
        <translation>Ein Kreuz in der Mitte des Bildes</translation>
    </message>
</context>
<context>
    <name>GuidesSection</name>
    <message>
        <source>Guides</source>
        <translation>Hilfslinien</translation>
    </message>
</context>
<context>
    <name>Handles</name>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Gaze</source>
        <translation>Blick</translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>Inner brow, left</source>
        <translation>Innere Braue, links</translation>
    </message>
    <message>
        <source>Inner brow, right</source>
        <translation>Innere Braue, rechts</translation>
    </message>
    <message>
        <source>Outer brow, left</source>
        <translation>Äußere Braue, links</translation>
    </message>
    <message>
        <source>Outer brow, right</source>
        <translation>Äußere Braue, rechts</translation>
    </message>
    <message>
        <source>Lip corner, left</source>
        <translation>Mundwinkel, links</translation>
    </message>
    <message>
        <source>Lip corner, right</source>
        <translation>Mundwinkel, rechts</translation>
    </message>
    <message>
        <source>Drag to key it at the playhead; double-click takes the edit back</source>
        <translation>Ziehen setzt ein Schlüsselbild am Abspielkopf; Doppelklick nimmt die Änderung zurück</translation>
    </message>
    <message>
        <source>Shift tilts the head</source>
        <translation>Umschalt neigt den Kopf</translation>
    </message>
    <message>
        <source>Hold Ctrl or X for both sides</source>
        <translation>Strg oder X halten für beide Seiten</translation>
    </message>
</context>
<context>
    <name>Hands</name>
    <message>
        <source>No further key</source>
        <translation>Kein weiteres Schlüsselbild</translation>
    </message>
    <message>
        <source>key on {0} at {1}, value {2}</source>
        <translation>Schlüsselbild auf {0} bei {1}, Wert {2}</translation>
    </message>
    <message>
        <source>{} keys</source>
        <translation>{} Schlüsselbilder</translation>
    </message>
    <message>
        <source>{} clips, pins, events or markers</source>
        <translation>{} Clips, Pins, Ereignisse oder Marken</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>phonemes {}</source>
        <translation>Phoneme {}</translation>
    </message>
    <message>
        <source>nothing selected</source>
        <translation>nichts ausgewählt</translation>
    </message>
</context>
<context>
    <name>HeardBox</name>
    <message>
        <source>Hear the emotion in the voice and put it on the emotion tracks in place of the keys they have; one step to undo</source>
        <translation>Die Emotion in der Stimme heraushören und anstelle der vorhandenen Schlüsselbilder auf die Emotionsspuren legen; ein Schritt macht es rückgängig</translation>
    </message>
    <message>
        <source>Listen for emotion</source>
        <translation>Emotion heraushören</translation>
    </message>
    <message>
        <source>How far listening is</source>
        <translation>Wie weit das Hören ist</translation>
    </message>
    <message>
        <source>Along the line: valence and arousal about a middle of 0, and how sure they are as the shape behind</source>
        <translation>Entlang der Zeile: Valenz und Erregung um die Mitte 0, dahinter als Fläche, wie sicher sie sind</translation>
    </message>
    <message>
        <source>Heard along the line</source>
        <translation>Gehörtes entlang der Zeile</translation>
    </message>
    <message>
        <source>How pleasant it sounds, from -1 to 1</source>
        <translation>Wie angenehm es klingt, von -1 bis 1</translation>
    </message>
    <message>
        <source>How excited it sounds, from -1 to 1</source>
        <translation>Wie erregt es klingt, von -1 bis 1</translation>
    </message>
    <message>
        <source>How probable it is that the likeliest emotion is right</source>
        <translation>Wie wahrscheinlich es ist, dass die wahrscheinlichste Emotion stimmt</translation>
    </message>
    <message>
        <source>The sound of this line is not there.</source>
        <translation>Der Ton dieser Zeile ist nicht da.</translation>
    </message>
    <message>
        <source>Listening for emotion</source>
        <translation>Emotion wird herausgehört</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Nicht weiter hören</translation>
    </message>
    <message>
        <source>Valence {value}</source>
        <translation>Valenz {value}</translation>
    </message>
    <message>
        <source>Arousal {value}</source>
        <translation>Erregung {value}</translation>
    </message>
    <message>
        <source>Sure {value}</source>
        <translation>Sicher {value}</translation>
    </message>
    <message>
        <source>No speech was heard in this line.</source>
        <translation>In dieser Zeile war keine Sprache zu hören.</translation>
    </message>
    <message>
        <source>Nothing is said here.</source>
        <translation>Hier wird nichts gesagt.</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>Heard here: {emotions}</source>
        <translation>Hier zu hören: {emotions}</translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>there is no line to put the motion on</source>
        <translation>es gibt keine Zeile für die Bewegung</translation>
    </message>
    <message>
        <source>open its sound or type a line first</source>
        <translation>zuerst den zugehörigen Ton öffnen oder eine Zeile tippen</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>{name} wird importiert</translation>
    </message>
    <message>
        <source>the motion goes on for {seconds:.2f} s after the line&apos;s end, where it is not seen</source>
        <translation>die Bewegung geht {seconds:.2f} s über das Ende der Zeile hinaus, wo man sie nicht sieht</translation>
    </message>
    <message>
        <source>speaking line {number} of {count}</source>
        <translation>Zeile {number} von {count} wird gesprochen</translation>
    </message>
    <message>
        <source>{count} lines take longer to say than their subtitles stay</source>
        <translation>{count} Zeilen dauern gesprochen länger, als ihre Untertitel stehen</translation>
    </message>
    <message>
        <source>this project has no name yet</source>
        <translation>dieses Projekt hat noch keinen Namen</translation>
    </message>
    <message>
        <source>save it first: its media are collected into its file</source>
        <translation>zuerst speichern: Seine Medien werden in seine Datei eingesammelt</translation>
    </message>
    <message>
        <source>Collecting media</source>
        <translation>Medien werden eingesammelt</translation>
    </message>
</context>
<context>
    <name>InlineEditor</name>
    <message>
        <source>Type here</source>
        <translation>Hier tippen</translation>
    </message>
    <message>
        <source>Enter takes it, Esc leaves it as it was</source>
        <translation>Eingabe übernimmt, Esc lässt alles, wie es war</translation>
    </message>
</context>
<context>
    <name>InstructionBox</name>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>How to play it: “happy, then raise the inner brows and look down”</source>
        <translation>Wie zu spielen ist, auf Englisch: „happy, then raise the inner brows and look down“</translation>
    </message>
    <message>
        <source>How strongly it is played: 1 as it says</source>
        <translation>Wie stark sie gespielt wird: 1 wie gesagt</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>The instructions are locked in the timeline.</source>
        <translation>Die Anweisungen sind in der Zeitleiste gesperrt.</translation>
    </message>
    <message>
        <source>Enter adds it; Shift+Enter begins another line; what is underlined was understood</source>
        <translation>Eingabe fügt sie hinzu, Umschalt+Eingabe beginnt eine neue Zeile; Unterstrichenes wurde verstanden</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>One step; it becomes keys on a layer of its own (Enter)</source>
        <translation>Ein Schritt; daraus werden Schlüsselbilder auf einer eigenen Ebene (Eingabe)</translation>
    </message>
    <message>
        <source>{start:.2f} to {end:.2f} s</source>
        <translation>{start:.2f} bis {end:.2f} s</translation>
    </message>
    <message>
        <source>Loading the reader</source>
        <translation>Texterkennung wird geladen</translation>
    </message>
    <message>
        <source>nothing of this is understood yet</source>
        <translation>davon ist noch nichts verständlich</translation>
    </message>
    <message>
        <source>not understood: {words}</source>
        <translation>nicht verstanden: {words}</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Stop this</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Stop: {job}</source>
        <translation>Anhalten: {job}</translation>
    </message>
</context>
<context>
    <name>JobStatus</name>
    <message>
        <source>Click for all jobs</source>
        <translation>Klick zeigt alle Aufträge</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop this</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>{job}… and {count} more</source>
        <translation>{job} … und {count} weitere</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Nothing is being worked on.</source>
        <translation>Zurzeit ist nichts in Arbeit.</translation>
    </message>
    <message>
        <source>Stop All</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Stop all work under way</source>
        <translation>Alle laufenden Arbeiten anhalten</translation>
    </message>
    <message>
        <source>Clear Errors</source>
        <translation>Fehler ausblenden</translation>
    </message>
    <message>
        <source>Forget what has failed</source>
        <translation>Vergessen, was fehlgeschlagen ist</translation>
    </message>
</context>
<context>
    <name>KeyBox</name>
    <message>
        <source>key at the playhead</source>
        <translation>Schlüsselbild am Abspielkopf</translation>
    </message>
    <message>
        <source>between keys</source>
        <translation>zwischen Schlüsselbildern</translation>
    </message>
    <message>
        <source>no keys</source>
        <translation>keine Schlüsselbilder</translation>
    </message>
    <message>
        <source>Remove the key at the playhead</source>
        <translation>Schlüsselbild am Abspielkopf entfernen</translation>
    </message>
    <message>
        <source>Set a key at the playhead</source>
        <translation>Schlüsselbild am Abspielkopf setzen</translation>
    </message>
    <message>
        <source>To the previous key</source>
        <translation>Zum vorigen Schlüsselbild</translation>
    </message>
    <message>
        <source>To the next key</source>
        <translation>Zum nächsten Schlüsselbild</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Click here and press a key</source>
        <translation>Hier klicken und eine Taste drücken</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>Press the key to give to the chosen action; Tab leaves the field</source>
        <translation>Die Taste für den gewählten Befehl drücken; Tab verlässt das Feld</translation>
    </message>
</context>
<context>
    <name>KeyVerbs</name>
    <message>
        <source>Select keys first, or a track in the list.</source>
        <translation>Zuerst Schlüsselbilder wählen oder eine Spur in der Liste.</translation>
    </message>
    <message>
        <source>{count} keys copied.</source>
        <translation>{count} Schlüsselbilder kopiert.</translation>
    </message>
    <message>
        <source>There are no keys to paste.</source>
        <translation>Es gibt keine Schlüsselbilder zum Einfügen.</translation>
    </message>
    <message>
        <source>{count} keys were left out: beyond the end of the line, or on a track that is locked or not here.</source>
        <translation>{count} Schlüsselbilder wurden ausgelassen: hinter dem Ende der Zeile oder auf einer Spur, die gesperrt ist oder hier fehlt.</translation>
    </message>
    <message>
        <source>Select a track in the list first.</source>
        <translation>Zuerst eine Spur in der Liste wählen.</translation>
    </message>
    <message>
        <source>Simplify keys</source>
        <translation>Schlüsselbilder vereinfachen</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Smooth keys</source>
        <translation>Schlüsselbilder glätten</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Retime keys</source>
        <translation>Schlüsselbilder zeitlich dehnen</translation>
    </message>
    <message>
        <source>Length, in percent</source>
        <translation>Länge in Prozent</translation>
    </message>
    <message>
        <source>Select channels of a layer first.</source>
        <translation>Zuerst Kanäle einer Ebene wählen.</translation>
    </message>
</context>
<context>
    <name>KeyView</name>
    <message>
        <source>This track is locked.</source>
        <translation>Diese Spur ist gesperrt.</translation>
    </message>
</context>
<context>
    <name>Keymaps</name>
    <message>
        <source>Viva Voce</source>
        <translation>Viva Voce</translation>
    </message>
    <message>
        <source>Like Maya</source>
        <translation>Wie Maya</translation>
    </message>
    <message>
        <source>Like Blender</source>
        <translation>Wie Blender</translation>
    </message>
    <message>
        <source>Like Premiere Pro</source>
        <translation>Wie Premiere Pro</translation>
    </message>
    <message>
        <source>choose a file written by Export in the shortcut editor</source>
        <translation>eine Datei wählen, die „Exportieren“ im Fenster der Tastenkürzel geschrieben hat</translation>
    </message>
    <message>
        <source>this is no key map: {reason}</source>
        <translation>das ist keine Tastenbelegung: {reason}</translation>
    </message>
    <message>
        <source>this is no key map of Viva Voce</source>
        <translation>das ist keine Tastenbelegung von Viva Voce</translation>
    </message>
    <message>
        <source>the key map builds on {name}, which is no preset</source>
        <translation>die Tastenbelegung baut auf {name} auf, was keine Voreinstellung ist</translation>
    </message>
    <message>
        <source>presets are {names}</source>
        <translation>Voreinstellungen sind {names}</translation>
    </message>
    <message>
        <source>the keys of {action} are {keys}</source>
        <translation>die Tasten von {action} sind {keys}</translation>
    </message>
    <message>
        <source>write each as in Ctrl+Shift+Z</source>
        <translation>jede wie in Ctrl+Shift+Z schreiben</translation>
    </message>
</context>
<context>
    <name>LayerBar</name>
    <message>
        <source>No layers yet. Moving a channel makes one.</source>
        <translation>Noch keine Ebenen. Wer einen Kanal bewegt, legt eine an.</translation>
    </message>
    <message>
        <source>New layer, above the active one</source>
        <translation>Neue Ebene über der aktiven</translation>
    </message>
    <message>
        <source>Delete the active layer</source>
        <translation>Die aktive Ebene löschen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>A copy of the active layer, above it</source>
        <translation>Eine Kopie der aktiven Ebene, über ihr</translation>
    </message>
    <message>
        <source>Move the active layer up</source>
        <translation>Die aktive Ebene nach oben</translation>
    </message>
    <message>
        <source>Move the active layer down</source>
        <translation>Die aktive Ebene nach unten</translation>
    </message>
    <message>
        <source>Mode of the layer</source>
        <translation>Modus der Ebene</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Addieren</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Add: on top of what is below. Override: in its place.</source>
        <translation>Addieren: zu dem, was darunterliegt. Ersetzen: an dessen Stelle.</translation>
    </message>
    <message>
        <source>How much of the layer counts</source>
        <translation>Wie viel von der Ebene zählt</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Start of the layer</source>
        <translation>Anfang der Ebene</translation>
    </message>
    <message>
        <source>End of the layer</source>
        <translation>Ende der Ebene</translation>
    </message>
    <message>
        <source>In–Out</source>
        <translation>In–Out</translation>
    </message>
    <message>
        <source>From the in to the out point</source>
        <translation>Vom In- zum Out-Punkt</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>Over the whole line</source>
        <translation>Über die ganze Zeile</translation>
    </message>
    <message>
        <source>Choose a layer first.</source>
        <translation>Zuerst eine Ebene wählen.</translation>
    </message>
    <message>
        <source>The layer is locked.</source>
        <translation>Die Ebene ist gesperrt.</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>Ebene {number}</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} Kopie</translation>
    </message>
</context>
<context>
    <name>LayerItem</name>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Mute: the layer does nothing</source>
        <translation>Stumm: Die Ebene wirkt nicht</translation>
    </message>
    <message>
        <source>Solo: only soloed layers do something</source>
        <translation>Solo: Nur Ebenen auf Solo wirken</translation>
    </message>
    <message>
        <source>Lock: nothing on the layer can be changed</source>
        <translation>Sperren: Auf der Ebene lässt sich nichts ändern</translation>
    </message>
    <message>
        <source>over</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>add</source>
        <translation>addiert</translation>
    </message>
    <message>
        <source>In the place of what is below</source>
        <translation>An der Stelle dessen, was darunterliegt</translation>
    </message>
    <message>
        <source>Added to what is below</source>
        <translation>Zu dem addiert, was darunterliegt</translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Edit layers</source>
        <translation>Bearbeitungsebenen</translation>
    </message>
</context>
<context>
    <name>Layouts</name>
    <message>
        <source>The layout “{name}” no longer fits this window</source>
        <translation>Das Layout „{name}“ passt nicht mehr zu diesem Fenster</translation>
    </message>
    <message>
        <source>Save Layout</source>
        <translation>Layout speichern</translation>
    </message>
    <message>
        <source>Name of the layout; an existing one is replaced:</source>
        <translation>Name des Layouts; ein vorhandenes wird ersetzt:</translation>
    </message>
</context>
<context>
    <name>LensSection</name>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Heads stay as large</source>
        <translation>Kopfgröße halten</translation>
    </message>
    <message>
        <source>Another focal length moves the camera too: the framing stays</source>
        <translation>Eine andere Brennweite bewegt auch die Kamera: Der Bildausschnitt bleibt</translation>
    </message>
    <message>
        <source>Depth of field</source>
        <translation>Schärfentiefe</translation>
    </message>
    <message>
        <source>Blur what is out of focus; seen in full at the levels High and Final</source>
        <translation>Was außerhalb des Fokus liegt, unscharf zeichnen; voll zu sehen in den Stufen „Hoch“ und „Endfassung“</translation>
    </message>
    <message>
        <source>Of the lens: a smaller one blurs more</source>
        <translation>Blendenzahl des Objektivs: Eine kleinere gibt mehr Unschärfe</translation>
    </message>
    <message>
        <source>f-number</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Fokus</translation>
    </message>
    <message>
        <source>What is sharp</source>
        <translation>Was scharf ist</translation>
    </message>
    <message>
        <source>Eyes of who is nearest</source>
        <translation>Augen der nächsten Figur</translation>
    </message>
    <message>
        <source>A distance</source>
        <translation>Eine Entfernung</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Entfernung</translation>
    </message>
    <message>
        <source>From the camera</source>
        <translation>Von der Kamera</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Click in the viewport on what is to be sharp; Escape leaves it</source>
        <translation>Im Viewport anklicken, was scharf sein soll; Esc bricht ab</translation>
    </message>
    <message>
        <source>Switch depth of field on first.</source>
        <translation>Zuerst die Schärfentiefe einschalten.</translation>
    </message>
</context>
<context>
    <name>LevelRow</name>
    <message>
        <source>{name}, number</source>
        <translation>{name}, Zahl</translation>
    </message>
    <message>
        <source>{name}, keys</source>
        <translation>{name}, Schlüsselbilder</translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Bühne</translation>
    </message>
    <message>
        <source>Overcast</source>
        <translation>Bedeckt</translation>
    </message>
    <message>
        <source>Sunset</source>
        <translation>Abendrot</translation>
    </message>
</context>
<context>
    <name>LightSection</name>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Factor: 0 none, 1 as the preset has it</source>
        <translation>Faktor: 0 keines, 1 wie in der Voreinstellung</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Stops; one more is twice as bright</source>
        <translation>Blendenstufen; eine mehr ist doppelt so hell</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Führungslicht</translation>
    </message>
    <message>
        <source>The main lamp. {share}</source>
        <translation>Die Hauptlampe. {share}</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Aufhelllicht</translation>
    </message>
    <message>
        <source>The lamp that lightens the shadows. {share}</source>
        <translation>Die Lampe, die die Schatten aufhellt. {share}</translation>
    </message>
    <message>
        <source>Rim</source>
        <translation>Kantenlicht</translation>
    </message>
    <message>
        <source>The lamp from behind. {share}</source>
        <translation>Die Lampe von hinten. {share}</translation>
    </message>
    <message>
        <source>Around</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>The light from everywhere. {share}</source>
        <translation>Das Licht von überall. {share}</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>All the light, about the vertical</source>
        <translation>Alles Licht, um die Senkrechte</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>Weichheit</translation>
    </message>
    <message>
        <source>Size of the lamps: sharp shadows, or soft ones</source>
        <translation>Größe der Lampen: harte oder weiche Schatten</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>Wärme</translation>
    </message>
    <message>
        <source>Colour of the lamps: cooler, or warmer</source>
        <translation>Farbe der Lampen: kühler oder wärmer</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>Mitdrehen</translation>
    </message>
    <message>
        <source>How far the lamps turn along with the camera, so that a profile is lit as well</source>
        <translation>Wie weit sich die Lampen mit der Kamera drehen, damit auch ein Profil gut beleuchtet ist</translation>
    </message>
    <message>
        <source>Light {name}</source>
        <translation>Licht {name}</translation>
    </message>
    <message>
        <source>Light the scene so; the sliders below stay as they are</source>
        <translation>Die Szene so beleuchten; die Regler darunter bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Drawing the lights</source>
        <translation>Lichter werden gezeichnet</translation>
    </message>
</context>
<context>
    <name>LinePanel</name>
    <message>
        <source>aligned with its transcript</source>
        <translation>am Transkript ausgerichtet</translation>
    </message>
    <message>
        <source>recognised from the sound</source>
        <translation>aus dem Ton erkannt</translation>
    </message>
    <message>
        <source>heard phoneme by phoneme</source>
        <translation>Phonem für Phonem gehört</translation>
    </message>
    <message>
        <source>heard by the speech encoder</source>
        <translation>vom Sprachencoder gehört</translation>
    </message>
    <message>
        <source>timed by the voice itself</source>
        <translation>von der Stimme selbst getaktet</translation>
    </message>
    <message>
        <source>no speech found</source>
        <translation>keine Sprache gefunden</translation>
    </message>
    <message>
        <source>from a TextGrid</source>
        <translation>aus einem TextGrid</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Placing</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Open Sound…</source>
        <translation>Ton öffnen …</translation>
    </message>
    <message>
        <source>A recording, or the sound of a film, as a new line (Ctrl+Shift+O)</source>
        <translation>Eine Aufnahme oder der Ton eines Films als neue Zeile (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Replace Sound…</source>
        <translation>Ton ersetzen …</translation>
    </message>
    <message>
        <source>Another recording of this line (ADR): the edits follow its phonemes</source>
        <translation>Eine andere Aufnahme dieser Zeile (ADR): Die Bearbeitungen folgen ihren Phonemen</translation>
    </message>
    <message>
        <source>What is said, word by word; Ctrl+Enter applies it</source>
        <translation>Was gesagt wird, Wort für Wort; Strg+Eingabe wendet es an</translation>
    </message>
    <message>
        <source>What is said in the recording, for the best lip sync. Numbers and abbreviations may stay as they are.</source>
        <translation>Was in der Aufnahme gesagt wird, für die beste Lippensynchronität. Zahlen und Abkürzungen dürfen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the speech</source>
        <translation>Sprache der Aufnahme</translation>
    </message>
    <message>
        <source>Voice of the line</source>
        <translation>Stimme der Zeile</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Find the phonemes anew (Ctrl+Enter)</source>
        <translation>Phoneme neu suchen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Who listens without a transcript</source>
        <translation>Wer ohne Transkript zuhört</translation>
    </message>
    <message>
        <source>Who finds the phonemes where no transcript says what is spoken: Automatic takes whoever is better in the language</source>
        <translation>Wer die Phoneme findet, wo kein Transkript sagt, was gesprochen wird: Automatisch nimmt, wer in der Sprache besser ist</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Speech encoder</source>
        <translation>Sprachencoder</translation>
    </message>
    <message>
        <source>Pocketsphinx</source>
        <translation>Pocketsphinx</translation>
    </message>
    <message>
        <source>Ears: {name}</source>
        <translation>Ohren: {name}</translation>
    </message>
    <message>
        <source>Speak a Text</source>
        <translation>Text sprechen</translation>
    </message>
    <message>
        <source>Text to speak</source>
        <translation>Zu sprechender Text</translation>
    </message>
    <message>
        <source>What the voice is to say; Ctrl+Enter speaks it</source>
        <translation>Was die Stimme sagen soll; Strg+Eingabe spricht es</translation>
    </message>
    <message>
        <source>Type a line, and a voice speaks it.</source>
        <translation>Eine Zeile tippen, und eine Stimme spricht sie.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Add Line</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Speak it as a new line (Ctrl+Enter)</source>
        <translation>Als neue Zeile sprechen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Heard: “{words}”. Type what is really said for better lip sync.</source>
        <translation>Gehört: „{words}“. Für bessere Lippensynchronität eintippen, was wirklich gesagt wird.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>{count} phonemes, {method}, then edited.</source>
        <translation>{count} Phoneme, {method}, danach bearbeitet.</translation>
    </message>
    <message>
        <source>{count} phonemes, {method}.</source>
        <translation>{count} Phoneme, {method}.</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Picture look</source>
        <translation>Bildlook</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tonwerte</translation>
    </message>
    <message>
        <source>How bright light is led over into white</source>
        <translation>Wie helles Licht in Weiß übergeht</translation>
    </message>
    <message>
        <source>0.5 as the tone has it</source>
        <translation>0.5 wie von den Tonwerten vorgegeben</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>looking for a sound device</source>
        <translation>ein Tongerät wird gesucht</translation>
    </message>
    <message>
        <source>Loading Ada…</source>
        <translation>Ada wird geladen …</translation>
    </message>
    <message>
        <source>{name} (read-only) – Viva Voce</source>
        <translation>{name} (nur lesen) – Viva Voce</translation>
    </message>
    <message>
        <source>{name} – Viva Voce</source>
        <translation>{name} – Viva Voce</translation>
    </message>
    <message>
        <source>This project is open for reading only: {reason}. Save it under another name to change it.</source>
        <translation>Dieses Projekt ist nur zum Lesen geöffnet: {reason}. Unter anderem Namen speichern, um es zu ändern.</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Picture: {name}, on the processor</source>
        <translation>Bild: {name}, auf dem Prozessor</translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation>Bild: {name}</translation>
    </message>
    <message>
        <source>{picture}, live at {percent} %</source>
        <translation>{picture}, live mit {percent} %</translation>
    </message>
    <message>
        <source>While the camera is on, the avatar is drawn as finely as keeps up with you. Export is as fine as ever.</source>
        <translation>Solange die Kamera an ist, wird der Avatar so fein gezeichnet, wie es Schritt hält. Exportiert wird so fein wie immer.</translation>
    </message>
    <message>
        <source>No picture: {reason}</source>
        <translation>Kein Bild: {reason}</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Save Current…</source>
        <translation>Aktuelles &amp;speichern …</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Frame &amp;Rate</source>
        <translation>Bild&amp;rate</translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation>{rate} B/s</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>&amp;Zeile</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Schlüsselbilder</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>Zei&amp;tleiste</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;New Project</source>
        <translation>&amp;Neues Projekt</translation>
    </message>
    <message>
        <source>&amp;Open Project…</source>
        <translation>Projekt ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Sound…</source>
        <translation>&amp;Ton öffnen …</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Save as Next &amp;Version</source>
        <translation>Als nächste &amp;Version speichern</translation>
    </message>
    <message>
        <source>Save a &amp;Copy…</source>
        <translation>&amp;Kopie speichern …</translation>
    </message>
    <message>
        <source>Capture from &amp;Video…</source>
        <translation>Aus &amp;Video erfassen …</translation>
    </message>
    <message>
        <source>Record M&amp;y Face…</source>
        <translation>&amp;Mein Gesicht aufnehmen …</translation>
    </message>
    <message>
        <source>Import &amp;Motion…</source>
        <translation>&amp;Bewegung importieren …</translation>
    </message>
    <message>
        <source>Import Subtitles or Te&amp;xt…</source>
        <translation>&amp;Untertitel oder Text importieren …</translation>
    </message>
    <message>
        <source>&amp;Import TextGrid…</source>
        <translation>TextGrid &amp;importieren …</translation>
    </message>
    <message>
        <source>Export &amp;TextGrid…</source>
        <translation>Te&amp;xtGrid exportieren …</translation>
    </message>
    <message>
        <source>Open Avatar File…</source>
        <translation>Avatar-Datei öffnen …</translation>
    </message>
    <message>
        <source>Save as Avatar File…</source>
        <translation>Als Avatar-Datei speichern …</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Add Range to &amp;Render Queue</source>
        <translation>Bereich in die &amp;Renderliste</translation>
    </message>
    <message>
        <source>Sho&amp;w Render Queue</source>
        <translation>Renderliste zei&amp;gen</translation>
    </message>
    <message>
        <source>Collect Me&amp;dia into Project</source>
        <translation>&amp;Medien ins Projekt einsammeln</translation>
    </message>
    <message>
        <source>&amp;Find Missing Media…</source>
        <translation>Fe&amp;hlende Medien suchen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste at Playhead</source>
        <translation>Am Abspielkopf &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
    <message>
        <source>&amp;Nudge a Frame Earlier</source>
        <translation>Ein Bild &amp;früher schieben</translation>
    </message>
    <message>
        <source>Nudge a Frame &amp;Later</source>
        <translation>Ein Bild s&amp;päter schieben</translation>
    </message>
    <message>
        <source>Nudge Ten Frames &amp;Earlier</source>
        <translation>&amp;Zehn Bilder früher schieben</translation>
    </message>
    <message>
        <source>Nudge Ten Frames Later</source>
        <translation>Zehn Bilder später schieben</translation>
    </message>
    <message>
        <source>Command Pa&amp;lette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>&amp;Type a Line</source>
        <translation>Zeile &amp;tippen</translation>
    </message>
    <message>
        <source>&amp;Analyse Again</source>
        <translation>Neu &amp;analysieren</translation>
    </message>
    <message>
        <source>&amp;Replace Sound…</source>
        <translation>Ton e&amp;rsetzen …</translation>
    </message>
    <message>
        <source>Re&amp;move Line</source>
        <translation>Zeile &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Shape the Person</source>
        <translation>Person &amp;formen</translation>
    </message>
    <message>
        <source>Random &amp;Person</source>
        <translation>&amp;Zufallsperson</translation>
    </message>
    <message>
        <source>M&amp;irror the Person</source>
        <translation>Person &amp;spiegeln</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Abspielen</translation>
    </message>
    <message>
        <source>Previous &amp;Frame</source>
        <translation>&amp;Voriges Bild</translation>
    </message>
    <message>
        <source>&amp;Next Frame</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>To the &amp;Start</source>
        <translation>Zum An&amp;fang</translation>
    </message>
    <message>
        <source>To the &amp;End</source>
        <translation>Zum &amp;Ende</translation>
    </message>
    <message>
        <source>Shuttle &amp;Backwards</source>
        <translation>Shuttle &amp;rückwärts</translation>
    </message>
    <message>
        <source>Shuttle Stop</source>
        <translation>Shuttle Halt</translation>
    </message>
    <message>
        <source>Shuttle &amp;Forwards</source>
        <translation>Shuttle v&amp;orwärts</translation>
    </message>
    <message>
        <source>&amp;Quarter Speed</source>
        <translation>&amp;Viertel Tempo</translation>
    </message>
    <message>
        <source>&amp;Half Speed</source>
        <translation>&amp;Halbes Tempo</translation>
    </message>
    <message>
        <source>N&amp;ormal Speed</source>
        <translation>&amp;Normales Tempo</translation>
    </message>
    <message>
        <source>&amp;Double Speed</source>
        <translation>&amp;Doppeltes Tempo</translation>
    </message>
    <message>
        <source>Set &amp;In Point</source>
        <translation>&amp;In-Punkt setzen</translation>
    </message>
    <message>
        <source>Set &amp;Out Point</source>
        <translation>&amp;Out-Punkt setzen</translation>
    </message>
    <message>
        <source>Go to In Point</source>
        <translation>Zum In-Punkt</translation>
    </message>
    <message>
        <source>Go to Out Point</source>
        <translation>Zum Out-Punkt</translation>
    </message>
    <message>
        <source>&amp;Clear In and Out</source>
        <translation>In und Out &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>&amp;Schleife</translation>
    </message>
    <message>
        <source>Record Performa&amp;nce</source>
        <translation>Darbietung auf&amp;nehmen</translation>
    </message>
    <message>
        <source>Hear &amp;Scrubbing</source>
        <translation>Scrubben &amp;hören</translation>
    </message>
    <message>
        <source>&amp;Curve Editor</source>
        <translation>&amp;Kurveneditor</translation>
    </message>
    <message>
        <source>&amp;Dope Sheet</source>
        <translation>&amp;Dopesheet</translation>
    </message>
    <message>
        <source>&amp;Key at Playhead</source>
        <translation>&amp;Schlüsselbild am Abspielkopf</translation>
    </message>
    <message>
        <source>A&amp;uto Key</source>
        <translation>A&amp;uto-Key</translation>
    </message>
    <message>
        <source>Key Ca&amp;mera</source>
        <translation>Ka&amp;mera-Schlüsselbild setzen</translation>
    </message>
    <message>
        <source>Auto Key Camera</source>
        <translation>Auto-Key der Kamera</translation>
    </message>
    <message>
        <source>&amp;Auto Tangents</source>
        <translation>&amp;Automatische Tangenten</translation>
    </message>
    <message>
        <source>&amp;Flat Tangents</source>
        <translation>&amp;Flache Tangenten</translation>
    </message>
    <message>
        <source>&amp;Linear Tangents</source>
        <translation>&amp;Lineare Tangenten</translation>
    </message>
    <message>
        <source>&amp;Stepped Tangents</source>
        <translation>&amp;Gestufte Tangenten</translation>
    </message>
    <message>
        <source>F&amp;ree Tangents</source>
        <translation>F&amp;reie Tangenten</translation>
    </message>
    <message>
        <source>&amp;Broken Tangents</source>
        <translation>Ge&amp;brochene Tangenten</translation>
    </message>
    <message>
        <source>Ease &amp;In</source>
        <translation>Ease-&amp;in</translation>
    </message>
    <message>
        <source>Ease &amp;Out</source>
        <translation>Ease-&amp;out</translation>
    </message>
    <message>
        <source>Ease In and O&amp;ut</source>
        <translation>Ease-in &amp;und -out</translation>
    </message>
    <message>
        <source>O&amp;vershoot</source>
        <translation>Überschwin&amp;gen</translation>
    </message>
    <message>
        <source>A&amp;nticipate</source>
        <translation>Ausho&amp;len</translation>
    </message>
    <message>
        <source>Simplif&amp;y…</source>
        <translation>&amp;Vereinfachen …</translation>
    </message>
    <message>
        <source>S&amp;mooth…</source>
        <translation>&amp;Glätten …</translation>
    </message>
    <message>
        <source>Bake to Frames</source>
        <translation>Auf Einzelbilder backen</translation>
    </message>
    <message>
        <source>Snap to Frames</source>
        <translation>Auf Einzelbilder einrasten</translation>
    </message>
    <message>
        <source>Re&amp;time…</source>
        <translation>&amp;Zeit dehnen …</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Flip &amp;Values</source>
        <translation>&amp;Werte spiegeln</translation>
    </message>
    <message>
        <source>Mirror Left and Ri&amp;ght</source>
        <translation>Links und rechts &amp;tauschen</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>Ein&amp;rasten</translation>
    </message>
    <message>
        <source>Follow by &amp;Page</source>
        <translation>&amp;Seitenweise folgen</translation>
    </message>
    <message>
        <source>Follow S&amp;moothly</source>
        <translation>&amp;Fließend folgen</translation>
    </message>
    <message>
        <source>Do &amp;Not Follow</source>
        <translation>&amp;Nicht folgen</translation>
    </message>
    <message>
        <source>P&amp;revious Key</source>
        <translation>&amp;Voriges Schlüsselbild</translation>
    </message>
    <message>
        <source>Ne&amp;xt Key</source>
        <translation>Nä&amp;chstes Schlüsselbild</translation>
    </message>
    <message>
        <source>Add &amp;Marker</source>
        <translation>&amp;Marke setzen</translation>
    </message>
    <message>
        <source>Pin the &amp;Face Here</source>
        <translation>&amp;Gesicht hier anpinnen</translation>
    </message>
    <message>
        <source>Add &amp;Instruction…</source>
        <translation>&amp;Anweisung hinzufügen …</translation>
    </message>
    <message>
        <source>Add &amp;Blink</source>
        <translation>&amp;Lidschlag hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Gaze Target</source>
        <translation>&amp;Blickziel hinzufügen</translation>
    </message>
    <message>
        <source>New &amp;Layer</source>
        <translation>Neue &amp;Ebene</translation>
    </message>
    <message>
        <source>Split P&amp;honeme</source>
        <translation>P&amp;honem teilen</translation>
    </message>
    <message>
        <source>Merge Phonemes</source>
        <translation>Phoneme verbinden</translation>
    </message>
    <message>
        <source>&amp;Analyse Selection Again</source>
        <translation>A&amp;uswahl neu analysieren</translation>
    </message>
    <message>
        <source>Listen for &amp;Emotion</source>
        <translation>&amp;Emotion heraushören</translation>
    </message>
    <message>
        <source>&amp;Front</source>
        <translation>&amp;Vorn</translation>
    </message>
    <message>
        <source>&amp;Three-Quarter</source>
        <translation>&amp;Dreiviertel</translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation>&amp;Profil</translation>
    </message>
    <message>
        <source>&amp;Reset View</source>
        <translation>Ansicht zu&amp;rücksetzen</translation>
    </message>
    <message>
        <source>&amp;Handles on the Face</source>
        <translation>&amp;Griffe am Gesicht</translation>
    </message>
    <message>
        <source>Through the Ca&amp;mera</source>
        <translation>Durch die Ka&amp;mera</translation>
    </message>
    <message>
        <source>&amp;Lock Camera</source>
        <translation>Kamera &amp;sperren</translation>
    </message>
    <message>
        <source>Set Shot from &amp;View</source>
        <translation>Kamera auf Ansi&amp;cht setzen</translation>
    </message>
    <message>
        <source>Picture&apos;s &amp;Frame</source>
        <translation>Bildra&amp;hmen</translation>
    </message>
    <message>
        <source>&amp;Action Safe</source>
        <translation>Ak&amp;tionssicherer Bereich</translation>
    </message>
    <message>
        <source>&amp;Title Safe</source>
        <translation>Tit&amp;elsicherer Bereich</translation>
    </message>
    <message>
        <source>T&amp;hirds</source>
        <translation>Drittelraster</translation>
    </message>
    <message>
        <source>&amp;Centre</source>
        <translation>Bildmitte</translation>
    </message>
    <message>
        <source>Reference Pict&amp;ure</source>
        <translation>Referen&amp;zbild</translation>
    </message>
    <message>
        <source>Trac&amp;ked Points</source>
        <translation>Verfolgte &amp;Punkte</translation>
    </message>
    <message>
        <source>Neutral Face from &amp;Here</source>
        <translation>Ne&amp;utrales Gesicht von hier</translation>
    </message>
    <message>
        <source>&amp;Keep Motion as B</source>
        <translation>Bewegung als &amp;B merken</translation>
    </message>
    <message>
        <source>Flip &amp;A and B</source>
        <translation>Zwischen &amp;A und B wechseln</translation>
    </message>
    <message>
        <source>A and B &amp;Side by Side</source>
        <translation>A und B &amp;nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Difference of A and B</source>
        <translation>&amp;Unterschied von A und B</translation>
    </message>
    <message>
        <source>Stop &amp;Comparing</source>
        <translation>Vergleich been&amp;den</translation>
    </message>
    <message>
        <source>Zoom Timeline &amp;In</source>
        <translation>Zeitleiste ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom Timeline &amp;Out</source>
        <translation>Zeitleiste ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Fit T&amp;imeline</source>
        <translation>Zeitleiste e&amp;inpassen</translation>
    </message>
    <message>
        <source>Show &amp;Jobs</source>
        <translation>Au&amp;fträge zeigen</translation>
    </message>
    <message>
        <source>Reset &amp;Layout</source>
        <translation>&amp;Layout zurücksetzen</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>V&amp;ollbild</translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation>&amp;Rundgang</translation>
    </message>
    <message>
        <source>&amp;Shortcuts at a Glance</source>
        <translation>&amp;Tastenkürzel im Überblick</translation>
    </message>
    <message>
        <source>&amp;About Viva Voce</source>
        <translation>&amp;Über Viva Voce</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>Zuletzt &amp;geöffnet</translation>
    </message>
    <message>
        <source>P&amp;anels</source>
        <translation>Be&amp;dienfelder</translation>
    </message>
    <message>
        <source>La&amp;youts</source>
        <translation>La&amp;youts</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Standard</translation>
    </message>
    <message>
        <source>&amp;Animate</source>
        <translation>&amp;Animieren</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Begutachten</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>Solo</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>Aufklappen</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Expand All Like It</source>
        <translation>Alle dieser Art aufklappen</translation>
    </message>
    <message>
        <source>Collapse All Like It</source>
        <translation>Alle dieser Art zuklappen</translation>
    </message>
    <message>
        <source>Select All Keys</source>
        <translation>Alle Schlüsselbilder wählen</translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation>Neue Ebene</translation>
    </message>
    <message>
        <source>Rename Layer</source>
        <translation>Ebene umbenennen</translation>
    </message>
    <message>
        <source>Additive</source>
        <translation>Additiv</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Add Channel</source>
        <translation>Kanal hinzufügen</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Whole Line</source>
        <translation>Ganze Zeile</translation>
    </message>
    <message>
        <source>Remove Layer</source>
        <translation>Ebene entfernen</translation>
    </message>
    <message>
        <source>Blinks Back to Automatic</source>
        <translation>Lidschläge wieder automatisch</translation>
    </message>
    <message>
        <source>Edit the Automatic Blinks</source>
        <translation>Automatische Lidschläge bearbeiten</translation>
    </message>
    <message>
        <source>Gaze Back to Automatic</source>
        <translation>Blick wieder automatisch</translation>
    </message>
    <message>
        <source>Edit the Automatic Gaze</source>
        <translation>Automatischen Blick bearbeiten</translation>
    </message>
    <message>
        <source>Add Blink</source>
        <translation>Lidschlag hinzufügen</translation>
    </message>
    <message>
        <source>Add Gaze Target</source>
        <translation>Blickziel hinzufügen</translation>
    </message>
    <message>
        <source>Add Key</source>
        <translation>Schlüsselbild setzen</translation>
    </message>
    <message>
        <source>Add Camera Keys</source>
        <translation>Kamera-Schlüsselbilder setzen</translation>
    </message>
    <message>
        <source>Pin the Face Here</source>
        <translation>Gesicht hier anpinnen</translation>
    </message>
    <message>
        <source>Add Instruction…</source>
        <translation>Anweisung hinzufügen …</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste at Playhead</source>
        <translation>Am Abspielkopf einfügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Relabel…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Make a Pause</source>
        <translation>Zur Pause machen</translation>
    </message>
    <message>
        <source>Split Here</source>
        <translation>Hier teilen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Analyse This Stretch Again</source>
        <translation>Diesen Abschnitt neu analysieren</translation>
    </message>
    <message>
        <source>Rename Marker…</source>
        <translation>Marke umbenennen …</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Add Marker Here</source>
        <translation>Marke hier setzen</translation>
    </message>
    <message>
        <source>Set In Here</source>
        <translation>In hier setzen</translation>
    </message>
    <message>
        <source>Set Out Here</source>
        <translation>Out hier setzen</translation>
    </message>
    <message>
        <source>Clear In and Out</source>
        <translation>In und Out löschen</translation>
    </message>
    <message>
        <source>In and Out Around the Selection</source>
        <translation>In und Out um die Auswahl</translation>
    </message>
    <message>
        <source>Value…</source>
        <translation>Wert …</translation>
    </message>
    <message>
        <source>Tangent</source>
        <translation>Tangente</translation>
    </message>
    <message>
        <source>Look at the Viewer</source>
        <translation>Zum Betrachter blicken</translation>
    </message>
    <message>
        <source>Look to the Left</source>
        <translation>Nach links blicken</translation>
    </message>
    <message>
        <source>Look to the Right</source>
        <translation>Nach rechts blicken</translation>
    </message>
    <message>
        <source>Look Up</source>
        <translation>Nach oben blicken</translation>
    </message>
    <message>
        <source>Look Down</source>
        <translation>Nach unten blicken</translation>
    </message>
    <message>
        <source>Edit Text…</source>
        <translation>Text bearbeiten …</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Whole Face</source>
        <translation>Ganzes Gesicht</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>Live Performance</source>
        <translation>Live-Darbietung</translation>
    </message>
    <message>
        <source>Place Take</source>
        <translation>Take platzieren</translation>
    </message>
</context>
<context>
    <name>Microphone</name>
    <message>
        <source>there is no microphone that can be opened</source>
        <translation>Es gibt kein Mikrofon, das sich öffnen lässt</translation>
    </message>
    <message>
        <source>connect or enable one, or record without it</source>
        <translation>Schließen Sie eines an oder schalten Sie es frei, oder nehmen Sie ohne auf</translation>
    </message>
</context>
<context>
    <name>Mouse</name>
    <message>
        <source>Drag in the viewport</source>
        <translation>Ziehen im Viewport</translation>
    </message>
    <message>
        <source>orbit; with the middle button pan, with the right one dolly (Alt too)</source>
        <translation>umkreisen; mit der mittleren Taste verschieben, mit der rechten heranfahren (auch mit Alt)</translation>
    </message>
    <message>
        <source>Wheel in the viewport</source>
        <translation>Rad im Viewport</translation>
    </message>
    <message>
        <source>dolly</source>
        <translation>heranfahren</translation>
    </message>
    <message>
        <source>Double click in the viewport</source>
        <translation>Doppelklick im Viewport</translation>
    </message>
    <message>
        <source>reset the view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Drag in the timeline</source>
        <translation>Ziehen in der Zeitleiste</translation>
    </message>
    <message>
        <source>scrub, with sound</source>
        <translation>scrubben, mit Ton</translation>
    </message>
    <message>
        <source>Wheel in the timeline</source>
        <translation>Rad in der Zeitleiste</translation>
    </message>
    <message>
        <source>zoom to the pointer; with Shift, pan</source>
        <translation>zum Zeiger zoomen; mit Umschalt verschieben</translation>
    </message>
    <message>
        <source>Middle drag in the timeline</source>
        <translation>Mit der mittleren Taste in der Zeitleiste ziehen</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>verschieben</translation>
    </message>
    <message>
        <source>Drag a phoneme&apos;s edge</source>
        <translation>Am Rand eines Phonems ziehen</translation>
    </message>
    <message>
        <source>move it; with Ctrl what follows moves along to the next pause; Esc takes it back</source>
        <translation>ihn verschieben; mit Strg rückt das Folgende bis zur nächsten Pause mit; Esc nimmt es zurück</translation>
    </message>
    <message>
        <source>Double click on a phoneme</source>
        <translation>Doppelklick auf ein Phonem</translation>
    </message>
    <message>
        <source>play it</source>
        <translation>abspielen</translation>
    </message>
    <message>
        <source>Double click on a slider</source>
        <translation>Doppelklick auf einen Regler</translation>
    </message>
    <message>
        <source>back to its usual value</source>
        <translation>zurück auf den üblichen Wert</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>angry</source>
        <translation>wütend</translation>
    </message>
    <message>
        <source>contempt</source>
        <translation>verächtlich</translation>
    </message>
    <message>
        <source>disgusted</source>
        <translation>angewidert</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>ängstlich</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>fröhlich</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>traurig</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>überrascht</translation>
    </message>
    <message>
        <source>intensity</source>
        <translation>Intensität</translation>
    </message>
    <message>
        <source>lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>blink</source>
        <translation>Lidschlag</translation>
    </message>
    <message>
        <source>gaze</source>
        <translation>Blick</translation>
    </message>
    <message>
        <source>brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>breath</source>
        <translation>Atem</translation>
    </message>
    <message>
        <source>eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>cheeks and nose</source>
        <translation>Wangen und Nase</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>Eingaben</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>opening {name}</source>
        <translation>Öffne {name}</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Öffne {name}</translation>
    </message>
    <message>
        <source>{name} is {minutes:.0f} minutes long: capturing it takes about as long. It can be cancelled, and goes on from there later.</source>
        <translation>{name} ist {minutes:.0f} Minuten lang: Das Erfassen dauert etwa ebenso lange. Es kann abgebrochen werden und geht später dort weiter.</translation>
    </message>
    <message>
        <source>{name} has no sound: its line is silent.</source>
        <translation>{name} hat keinen Ton: Seine Zeile ist stumm.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>A few letters of a command or its menu; Enter runs it, Esc closes</source>
        <translation>Ein paar Buchstaben eines Befehls oder seines Menüs; Eingabe führt ihn aus, Esc schließt</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>No command has these letters.</source>
        <translation>Kein Befehl enthält diese Buchstaben.</translation>
    </message>
    <message>
        <source>black</source>
        <translation>schwarz</translation>
    </message>
    <message>
        <source>dark brown</source>
        <translation>dunkelbraun</translation>
    </message>
    <message>
        <source>brown</source>
        <translation>braun</translation>
    </message>
    <message>
        <source>chestnut</source>
        <translation>kastanienbraun</translation>
    </message>
    <message>
        <source>auburn</source>
        <translation>rotbraun</translation>
    </message>
    <message>
        <source>copper</source>
        <translation>kupferrot</translation>
    </message>
    <message>
        <source>ginger</source>
        <translation>fuchsrot</translation>
    </message>
    <message>
        <source>light brown</source>
        <translation>hellbraun</translation>
    </message>
    <message>
        <source>dark blond</source>
        <translation>dunkelblond</translation>
    </message>
    <message>
        <source>golden</source>
        <translation>goldblond</translation>
    </message>
    <message>
        <source>ash blond</source>
        <translation>aschblond</translation>
    </message>
    <message>
        <source>platinum</source>
        <translation>platinblond</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>white</source>
        <translation>weiß</translation>
    </message>
    <message>
        <source>black-brown</source>
        <translation>schwarzbraun</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>bernstein</translation>
    </message>
    <message>
        <source>hazel</source>
        <translation>haselnuss</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>grey-green</source>
        <translation>graugrün</translation>
    </message>
    <message>
        <source>grey-blue</source>
        <translation>graublau</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>light blue</source>
        <translation>hellblau</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Darbietung</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Poses</source>
        <translation>Posen</translation>
    </message>
    <message>
        <source>Visemes</source>
        <translation>Viseme</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Bühne</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Render Queue</source>
        <translation>Renderliste</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>as the hair</source>
        <translation>wie die Haare</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Hautton</translation>
    </message>
    <message>
        <source>From the fairest to the deepest skin</source>
        <translation>Von der hellsten zur dunkelsten Haut</translation>
    </message>
    <message>
        <source>Undertone</source>
        <translation>Unterton</translation>
    </message>
    <message>
        <source>Cool and rosy, or warm and olive</source>
        <translation>Kühl und rosig oder warm und oliv</translation>
    </message>
    <message>
        <source>Redness</source>
        <translation>Rötung</translation>
    </message>
    <message>
        <source>Blood in cheeks, nose and ears</source>
        <translation>Durchblutung von Wangen, Nase und Ohren</translation>
    </message>
    <message>
        <source>Freckles</source>
        <translation>Sommersprossen</translation>
    </message>
    <message>
        <source>On nose and cheeks</source>
        <translation>Auf Nase und Wangen</translation>
    </message>
    <message>
        <source>Spots</source>
        <translation>Flecken</translation>
    </message>
    <message>
        <source>Moles and spots of age</source>
        <translation>Muttermale und Altersflecken</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Falten</translation>
    </message>
    <message>
        <source>Furrows of age that are there at rest</source>
        <translation>Altersfalten, die auch in Ruhe zu sehen sind</translation>
    </message>
    <message>
        <source>Pores</source>
        <translation>Poren</translation>
    </message>
    <message>
        <source>How coarse the skin is</source>
        <translation>Wie grobporig die Haut ist</translation>
    </message>
    <message>
        <source>Shine</source>
        <translation>Hautglanz</translation>
    </message>
    <message>
        <source>Powdered, or oily</source>
        <translation>Gepudert oder fettig</translation>
    </message>
    <message>
        <source>Tired</source>
        <translation>Müdigkeit</translation>
    </message>
    <message>
        <source>Dark rings under the eyes</source>
        <translation>Dunkle Ringe unter den Augen</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Redness of the lips</source>
        <translation>Röte der Lippen</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>More colour on the cheeks</source>
        <translation>Mehr Farbe auf den Wangen</translation>
    </message>
    <message>
        <source>Lipstick</source>
        <translation>Lippenstift</translation>
    </message>
    <message>
        <source>How far its colour covers the lips</source>
        <translation>Wie stark seine Farbe die Lippen deckt</translation>
    </message>
    <message>
        <source>Lipstick’s colour</source>
        <translation>Lippenstiftfarbe</translation>
    </message>
    <message>
        <source>Seen where there is lipstick</source>
        <translation>Zu sehen, wo Lippenstift ist</translation>
    </message>
    <message>
        <source>Eye shadow</source>
        <translation>Lidschatten</translation>
    </message>
    <message>
        <source>How far its colour covers the upper lids</source>
        <translation>Wie stark seine Farbe die Oberlider deckt</translation>
    </message>
    <message>
        <source>Shadow’s colour</source>
        <translation>Lidschattenfarbe</translation>
    </message>
    <message>
        <source>Seen where there is eye shadow</source>
        <translation>Zu sehen, wo Lidschatten ist</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>Iris</translation>
    </message>
    <message>
        <source>Colour of the irises</source>
        <translation>Farbe der Iris</translation>
    </message>
    <message>
        <source>Inner ring</source>
        <translation>Innerer Ring</translation>
    </message>
    <message>
        <source>Colour round the pupils</source>
        <translation>Farbe um die Pupillen</translation>
    </message>
    <message>
        <source>Outer ring</source>
        <translation>Äußerer Ring</translation>
    </message>
    <message>
        <source>Darkness of the ring where the iris ends</source>
        <translation>Dunkelheit des Rings am Rand der Iris</translation>
    </message>
    <message>
        <source>Size of the irises</source>
        <translation>Irisgröße</translation>
    </message>
    <message>
        <source>Larger irises look younger</source>
        <translation>Eine größere Iris wirkt jünger</translation>
    </message>
    <message>
        <source>Pupils</source>
        <translation>Pupillen</translation>
    </message>
    <message>
        <source>How wide they are</source>
        <translation>Wie weit sie sind</translation>
    </message>
    <message>
        <source>Whites</source>
        <translation>Augenweiß</translation>
    </message>
    <message>
        <source>Bluish white, or yellowed</source>
        <translation>Bläulich weiß oder vergilbt</translation>
    </message>
    <message>
        <source>Veins</source>
        <translation>Äderchen</translation>
    </message>
    <message>
        <source>How much they show in the whites</source>
        <translation>Wie deutlich sie im Augenweiß zu sehen sind</translation>
    </message>
    <message>
        <source>Moisture</source>
        <translation>Feuchtigkeit</translation>
    </message>
    <message>
        <source>How much the eyes mirror</source>
        <translation>Wie stark die Augen spiegeln</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>How the hair is cut and worn</source>
        <translation>Wie die Haare geschnitten sind und getragen werden</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Of the hairs that are not grey</source>
        <translation>Der Haare, die nicht grau sind</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Share of white hairs</source>
        <translation>Anteil weißer Haare</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Strähnchen</translation>
    </message>
    <message>
        <source>Lighter strands</source>
        <translation>Hellere Strähnen</translation>
    </message>
    <message>
        <source>Gloss</source>
        <translation>Glanz</translation>
    </message>
    <message>
        <source>How much the hair shines</source>
        <translation>Wie stark die Haare glänzen</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>How far the hair stands off</source>
        <translation>Wie weit die Haare abstehen</translation>
    </message>
    <message>
        <source>Shape of the eyebrows</source>
        <translation>Form der Augenbrauen</translation>
    </message>
    <message>
        <source>The hair’s, or one of their own</source>
        <translation>Die der Haare oder eine eigene</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>How many hairs there are</source>
        <translation>Wie viele Haare es sind</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>Dicke</translation>
    </message>
    <message>
        <source>How high they are</source>
        <translation>Wie hoch sie sind</translation>
    </message>
    <message>
        <source>What grows on cheeks, chin and lip</source>
        <translation>Was auf Wangen, Kinn und Lippe wächst</translation>
    </message>
    <message>
        <source>The hair’s, or one of its own</source>
        <translation>Die der Haare oder eine eigene</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Of the hairs</source>
        <translation>Der Haare</translation>
    </message>
    <message>
        <source>Of the lashes</source>
        <translation>Der Wimpern</translation>
    </message>
    <message>
        <source>How many lashes there are</source>
        <translation>Wie viele Wimpern es sind</translation>
    </message>
    <message>
        <source>Mascara</source>
        <translation>Mascara</translation>
    </message>
    <message>
        <source>Darker, thicker lashes</source>
        <translation>Dunklere, dickere Wimpern</translation>
    </message>
    <message>
        <source>What is worn</source>
        <translation>Was getragen wird</translation>
    </message>
    <message>
        <source>Of the cloth</source>
        <translation>Des Stoffs</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>Zweite Farbe</translation>
    </message>
    <message>
        <source>Of the pattern, and of what is worn under it</source>
        <translation>Des Musters und dessen, was darunter getragen wird</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Woven or printed on the cloth</source>
        <translation>In den Stoff gewebt oder aufgedruckt</translation>
    </message>
    <message>
        <source>Bald</source>
        <translation>Glatze</translation>
    </message>
    <message>
        <source>Cropped</source>
        <translation>Raspelkurz</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Side parting</source>
        <translation>Seitenscheitel</translation>
    </message>
    <message>
        <source>Curly</source>
        <translation>Locken</translation>
    </message>
    <message>
        <source>Bob</source>
        <translation>Bob</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Lang</translation>
    </message>
    <message>
        <source>Bun</source>
        <translation>Dutt</translation>
    </message>
    <message>
        <source>Natural</source>
        <translation>Natürlich</translation>
    </message>
    <message>
        <source>Straight</source>
        <translation>Gerade</translation>
    </message>
    <message>
        <source>Arched</source>
        <translation>Geschwungen</translation>
    </message>
    <message>
        <source>Bushy</source>
        <translation>Buschig</translation>
    </message>
    <message>
        <source>Thin</source>
        <translation>Dünn</translation>
    </message>
    <message>
        <source>Shaven</source>
        <translation>Rasiert</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Bartschatten</translation>
    </message>
    <message>
        <source>Stubble</source>
        <translation>Stoppeln</translation>
    </message>
    <message>
        <source>Moustache</source>
        <translation>Schnurrbart</translation>
    </message>
    <message>
        <source>Goatee</source>
        <translation>Kinnbart</translation>
    </message>
    <message>
        <source>Short beard</source>
        <translation>Kurzer Bart</translation>
    </message>
    <message>
        <source>Full beard</source>
        <translation>Vollbart</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>T-shirt</source>
        <translation>T-Shirt</translation>
    </message>
    <message>
        <source>V-neck</source>
        <translation>V-Ausschnitt</translation>
    </message>
    <message>
        <source>Turtleneck</source>
        <translation>Rollkragen</translation>
    </message>
    <message>
        <source>Shirt</source>
        <translation>Hemd</translation>
    </message>
    <message>
        <source>Hoodie</source>
        <translation>Hoodie</translation>
    </message>
    <message>
        <source>Jacket</source>
        <translation>Sakko</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Einfarbig</translation>
    </message>
    <message>
        <source>Stripes</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Karo</translation>
    </message>
    <message>
        <source>Dots</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Knit</source>
        <translation>Strick</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>Ancestry</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>{section}: {title}</source>
        <translation>{section}: {title}</translation>
    </message>
    <message>
        <source>Change {section}: {title}</source>
        <translation>{section}: {title} ändern</translation>
    </message>
    <message>
        <source>African ancestry</source>
        <translation>Afrikanische Herkunft</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Angle of the jaw</source>
        <translation>Kieferwinkel</translation>
    </message>
    <message>
        <source>Asian ancestry</source>
        <translation>Asiatische Herkunft</translation>
    </message>
    <message>
        <source>Asymmetry</source>
        <translation>Asymmetrie</translation>
    </message>
    <message>
        <source>Back of the head</source>
        <translation>Hinterkopf</translation>
    </message>
    <message>
        <source>Bags</source>
        <translation>Tränensäcke</translation>
    </message>
    <message>
        <source>Bags outward</source>
        <translation>Tränensäcke auswärts</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Nasenbasis</translation>
    </message>
    <message>
        <source>Beard</source>
        <translation>Bart</translation>
    </message>
    <message>
        <source>Bridge sideways</source>
        <translation>Nasenrücken seitwärts</translation>
    </message>
    <message>
        <source>Brow higher on one side</source>
        <translation>Eine Braue höher</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>Bulge</source>
        <translation>Wölbung</translation>
    </message>
    <message>
        <source>Cheek fuller on one side</source>
        <translation>Eine Wange voller</translation>
    </message>
    <message>
        <source>Cheek higher on one side</source>
        <translation>Eine Wange höher</translation>
    </message>
    <message>
        <source>Cheekbones</source>
        <translation>Wangenknochen</translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation>Wangen</translation>
    </message>
    <message>
        <source>Chin</source>
        <translation>Kinn</translation>
    </message>
    <message>
        <source>Cleft</source>
        <translation>Kinngrübchen</translation>
    </message>
    <message>
        <source>Clothing</source>
        <translation>Kleidung</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>Mundwinkel</translation>
    </message>
    <message>
        <source>Crown sideways</source>
        <translation>Scheitel seitwärts</translation>
    </message>
    <message>
        <source>Cupid&apos;s bow</source>
        <translation>Amorbogen</translation>
    </message>
    <message>
        <source>Curve of the bridge</source>
        <translation>Nasenrückenbogen</translation>
    </message>
    <message>
        <source>Curve of the lid fold</source>
        <translation>Lidfaltenbogen</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Depth of the lips</source>
        <translation>Lippentiefe</translation>
    </message>
    <message>
        <source>Diamond</source>
        <translation>Rautenförmig</translation>
    </message>
    <message>
        <source>Dimples</source>
        <translation>Wangengrübchen</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Double chin</source>
        <translation>Doppelkinn</translation>
    </message>
    <message>
        <source>Ear further back on one side</source>
        <translation>Ein Ohr weiter hinten</translation>
    </message>
    <message>
        <source>Ear higher on one side</source>
        <translation>Ein Ohr höher</translation>
    </message>
    <message>
        <source>Ear stands off on one side</source>
        <translation>Ein Ohr abstehend</translation>
    </message>
    <message>
        <source>Ears</source>
        <translation>Ohren</translation>
    </message>
    <message>
        <source>Epicanthic fold</source>
        <translation>Epikanthusfalte</translation>
    </message>
    <message>
        <source>European ancestry</source>
        <translation>Europäische Herkunft</translation>
    </message>
    <message>
        <source>Eye colour</source>
        <translation>Augenfarbe</translation>
    </message>
    <message>
        <source>Eye higher on one side</source>
        <translation>Ein Auge höher</translation>
    </message>
    <message>
        <source>Eyebrows</source>
        <translation>Augenbrauen</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Eyes sideways</source>
        <translation>Augen seitwärts</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Flap</source>
        <translation>Ohrrand</translation>
    </message>
    <message>
        <source>Flare of the nostrils</source>
        <translation>Nasenflügel gebläht</translation>
    </message>
    <message>
        <source>Forehead</source>
        <translation>Stirn</translation>
    </message>
    <message>
        <source>Forehead sideways</source>
        <translation>Stirn seitwärts</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Fullness</source>
        <translation>Fülle</translation>
    </message>
    <message>
        <source>Fullness of the lips</source>
        <translation>Lippenfülle</translation>
    </message>
    <message>
        <source>Girth</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Groove under the nose</source>
        <translation>Philtrum</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>Head forward</source>
        <translation>Kopf nach vorn</translation>
    </message>
    <message>
        <source>Head sideways</source>
        <translation>Kopf seitwärts</translation>
    </message>
    <message>
        <source>Head up</source>
        <translation>Kopf nach oben</translation>
    </message>
    <message>
        <source>Heart shaped</source>
        <translation>Herzförmig</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height of the bags</source>
        <translation>Tränensackhöhe</translation>
    </message>
    <message>
        <source>Height of the crown</source>
        <translation>Scheitelhöhe</translation>
    </message>
    <message>
        <source>Height of the lid fold</source>
        <translation>Lidfaltenhöhe</translation>
    </message>
    <message>
        <source>Height of the lower lip</source>
        <translation>Unterlippenhöhe</translation>
    </message>
    <message>
        <source>Height of the upper lip</source>
        <translation>Oberlippenhöhe</translation>
    </message>
    <message>
        <source>Hump</source>
        <translation>Höcker</translation>
    </message>
    <message>
        <source>Inner cheeks</source>
        <translation>Innere Wangen</translation>
    </message>
    <message>
        <source>Inner corner</source>
        <translation>Innenwinkel</translation>
    </message>
    <message>
        <source>Inner corner higher on one side</source>
        <translation>Ein Innenwinkel höher</translation>
    </message>
    <message>
        <source>Inner corner nearer on one side</source>
        <translation>Ein Innenwinkel näher</translation>
    </message>
    <message>
        <source>Inner corner outward</source>
        <translation>Innenwinkel auswärts</translation>
    </message>
    <message>
        <source>Jaw forward</source>
        <translation>Kiefer nach vorn</translation>
    </message>
    <message>
        <source>Jaw higher on one side</source>
        <translation>Kiefer einseitig höher</translation>
    </message>
    <message>
        <source>Jaw sideways</source>
        <translation>Kiefer seitwärts</translation>
    </message>
    <message>
        <source>Jaw wider on one side</source>
        <translation>Kiefer einseitig breiter</translation>
    </message>
    <message>
        <source>Jowls</source>
        <translation>Hängebacken</translation>
    </message>
    <message>
        <source>Lashes</source>
        <translation>Wimpern</translation>
    </message>
    <message>
        <source>Laugh lines</source>
        <translation>Lachfalten</translation>
    </message>
    <message>
        <source>Lobe</source>
        <translation>Ohrläppchen</translation>
    </message>
    <message>
        <source>Lobe longer on one side</source>
        <translation>Ein Ohrläppchen länger</translation>
    </message>
    <message>
        <source>Lower lids</source>
        <translation>Unterlider</translation>
    </message>
    <message>
        <source>Make-up</source>
        <translation>Make-up</translation>
    </message>
    <message>
        <source>Middle of the lower lip</source>
        <translation>Unterlippe, Mitte</translation>
    </message>
    <message>
        <source>Middle of the upper lip</source>
        <translation>Oberlippe, Mitte</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>Mund</translation>
    </message>
    <message>
        <source>Mouth sideways</source>
        <translation>Mund seitwärts</translation>
    </message>
    <message>
        <source>Mouth slanted</source>
        <translation>Mund schräg</translation>
    </message>
    <message>
        <source>Muscle</source>
        <translation>Muskeln</translation>
    </message>
    <message>
        <source>Nape</source>
        <translation>Nacken</translation>
    </message>
    <message>
        <source>Neck</source>
        <translation>Hals</translation>
    </message>
    <message>
        <source>Nose</source>
        <translation>Nase</translation>
    </message>
    <message>
        <source>Nose sideways</source>
        <translation>Nase seitwärts</translation>
    </message>
    <message>
        <source>Nostril higher on one side</source>
        <translation>Ein Nasenloch höher</translation>
    </message>
    <message>
        <source>Opening at the inner corner</source>
        <translation>Öffnung innen</translation>
    </message>
    <message>
        <source>Opening at the outer corner</source>
        <translation>Öffnung außen</translation>
    </message>
    <message>
        <source>Opening in the middle</source>
        <translation>Öffnung Mitte</translation>
    </message>
    <message>
        <source>Outer corner</source>
        <translation>Außenwinkel</translation>
    </message>
    <message>
        <source>Outer corner higher on one side</source>
        <translation>Ein Außenwinkel höher</translation>
    </message>
    <message>
        <source>Outer corner outward</source>
        <translation>Außenwinkel auswärts</translation>
    </message>
    <message>
        <source>Oval</source>
        <translation>Oval</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Pointed</source>
        <translation>Spitz</translation>
    </message>
    <message>
        <source>Pointed or broad</source>
        <translation>Spitz – breit</translation>
    </message>
    <message>
        <source>Prominence of the bridge</source>
        <translation>Nasenrückenhöhe</translation>
    </message>
    <message>
        <source>Rectangular</source>
        <translation>Rechteckig</translation>
    </message>
    <message>
        <source>Ridge</source>
        <translation>Brauenwulst</translation>
    </message>
    <message>
        <source>Septum sideways</source>
        <translation>Nasensteg seitwärts</translation>
    </message>
    <message>
        <source>Side of the skull</source>
        <translation>Schädelseite</translation>
    </message>
    <message>
        <source>Sides of the lower lip</source>
        <translation>Unterlippe, Seiten</translation>
    </message>
    <message>
        <source>Sides of the upper lip</source>
        <translation>Oberlippe, Seiten</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>Seitwärts</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Slant</source>
        <translation>Schräge</translation>
    </message>
    <message>
        <source>Slant of the lid fold</source>
        <translation>Lidfaltenschräge</translation>
    </message>
    <message>
        <source>Slant of the nostrils</source>
        <translation>Nasenlochschräge</translation>
    </message>
    <message>
        <source>Slant of the profile</source>
        <translation>Profilneigung</translation>
    </message>
    <message>
        <source>Slant of the septum</source>
        <translation>Nasenstegschräge</translation>
    </message>
    <message>
        <source>Square or round</source>
        <translation>Eckig – rund</translation>
    </message>
    <message>
        <source>Standing off</source>
        <translation>Abstehend</translation>
    </message>
    <message>
        <source>Straight from the forehead</source>
        <translation>Gerade ab der Stirn</translation>
    </message>
    <message>
        <source>Temple higher on one side</source>
        <translation>Eine Schläfe höher</translation>
    </message>
    <message>
        <source>Temples</source>
        <translation>Schläfen</translation>
    </message>
    <message>
        <source>Temples sideways</source>
        <translation>Schläfen seitwärts</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>Neigung</translation>
    </message>
    <message>
        <source>Tip up or down</source>
        <translation>Spitze hoch – tief</translation>
    </message>
    <message>
        <source>Triangular</source>
        <translation>Dreieckig</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Upper lid of the left eye</source>
        <translation>Oberlid links</translation>
    </message>
    <message>
        <source>Upper lid of the right eye</source>
        <translation>Oberlid rechts</translation>
    </message>
    <message>
        <source>Volume of the lower lip</source>
        <translation>Unterlippenvolumen</translation>
    </message>
    <message>
        <source>Volume of the upper lip</source>
        <translation>Oberlippenvolumen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width at the nostrils</source>
        <translation>Breite unten</translation>
    </message>
    <message>
        <source>Width at the top</source>
        <translation>Breite oben</translation>
    </message>
    <message>
        <source>Width in the middle</source>
        <translation>Breite Mitte</translation>
    </message>
    <message>
        <source>Width of the Cupid&apos;s bow</source>
        <translation>Amorbogenbreite</translation>
    </message>
    <message>
        <source>Width of the lower lip</source>
        <translation>Unterlippenbreite</translation>
    </message>
    <message>
        <source>Width of the nostrils</source>
        <translation>Nasenlochbreite</translation>
    </message>
    <message>
        <source>Width of the tip</source>
        <translation>Spitzenbreite</translation>
    </message>
    <message>
        <source>Width of the upper lip</source>
        <translation>Oberlippenbreite</translation>
    </message>
    <message>
        <source>Woman to man</source>
        <translation>Frau – Mann</translation>
    </message>
    <message>
        <source>Younger or older</source>
        <translation>Jünger – älter</translation>
    </message>
</context>
<context>
    <name>PeoplePanel</name>
    <message>
        <source>Nothing is called so.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>Figur</translation>
    </message>
    <message>
        <source>Whose looks are shown here</source>
        <translation>Wessen Aussehen hier zu sehen ist</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>What the person is called</source>
        <translation>Wie die Person heißt</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>See how the person looked before (hold the pointer down, or press Space)</source>
        <translation>Sehen, wie die Person vorher aussah (Maustaste halten oder Leertaste drücken)</translation>
    </message>
    <message>
        <source>Both sides</source>
        <translation>Beide Seiten</translation>
    </message>
    <message>
        <source>One slider for both sides of the face, or one for each</source>
        <translation>Ein Regler für beide Seiten des Gesichts oder je einer</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Copy, paste, mirror, save …</source>
        <translation>Kopieren, einfügen, spiegeln, speichern …</translation>
    </message>
    <message>
        <source>Search: nose, hair colour, lip …</source>
        <translation>Suchen: Nase, Haare Farbe, Lippe …</translation>
    </message>
    <message>
        <source>Search the looks</source>
        <translation>Aussehen durchsuchen</translation>
    </message>
    <message>
        <source>Show only what has all these words in its name; Escape shows everything again</source>
        <translation>Nur zeigen, was alle diese Wörter im Namen hat; Esc zeigt wieder alles</translation>
    </message>
    <message>
        <source>Copy Looks</source>
        <translation>Aussehen kopieren</translation>
    </message>
    <message>
        <source>Paste Looks</source>
        <translation>Aussehen einfügen</translation>
    </message>
    <message>
        <source>Mirror Left and Right</source>
        <translation>Links und rechts tauschen</translation>
    </message>
    <message>
        <source>Reset All to Ada</source>
        <translation>Alles auf Ada zurücksetzen</translation>
    </message>
    <message>
        <source>Open Avatar File…</source>
        <translation>Avatar-Datei öffnen …</translation>
    </message>
    <message>
        <source>Save as Avatar File…</source>
        <translation>Als Avatar-Datei speichern …</translation>
    </message>
    <message>
        <source>Add to My People</source>
        <translation>Zu den eigenen Personen</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Which people are shown</source>
        <translation>Welche Personen zu sehen sind</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Somebody by chance; locked sections stay as they are</source>
        <translation>Irgendjemand per Zufall; gesperrte Abschnitte bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Look as an avatar file says; or drop the file here</source>
        <translation>Aussehen aus einer Avatar-Datei; sie lässt sich auch hierherziehen</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the person as an avatar file, to use in other projects</source>
        <translation>Die Person als Avatar-Datei speichern, für andere Projekte</translation>
    </message>
    <message>
        <source>built-in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>{name} of this project</source>
        <translation>{name} aus diesem Projekt</translation>
    </message>
    <message>
        <source>yours; Delete removes</source>
        <translation>eigene; Entf entfernt sie</translation>
    </message>
    <message>
        <source>{name}, {years:.0f} years ({origin})</source>
        <translation>{name}, {years:.0f} Jahre ({origin})</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Chance and variations leave a locked section as it is</source>
        <translation>Zufall und Varianten lassen einen gesperrten Abschnitt, wie er ist</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset this section (or double-click its title)</source>
        <translation>Diesen Abschnitt zurücksetzen (oder Doppelklick auf den Titel)</translation>
    </message>
</context>
<context>
    <name>PerformancePanel</name>
    <message>
        <source>Emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Take all emotion keys off the line</source>
        <translation>Alle Emotions-Schlüsselbilder der Zeile entfernen</translation>
    </message>
    <message>
        <source>Factor on all emotions: 0 none, 1 as they are, 2 twice</source>
        <translation>Faktor auf alle Emotionen: 0 keine, 1 wie sie sind, 2 doppelt</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Intensität</translation>
    </message>
    <message>
        <source>{name} at the playhead: 0 not at all, 1 as much as can be</source>
        <translation>{name} am Abspielkopf: 0 gar nicht, 1 so stark wie möglich</translation>
    </message>
    <message>
        <source>Amounts</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>All amounts to 1</source>
        <translation>Alle Anteile auf 1</translation>
    </message>
    <message>
        <source>{what}, over the whole line: 0 none, 1 as usual, 2 twice</source>
        <translation>{what}, über die ganze Zeile: 0 nichts, 1 wie üblich, 2 doppelt</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The same seed gives the same blinks, gaze and head movement</source>
        <translation>Gleicher Seed, gleiche Lidschläge, Blicke und Kopfbewegungen</translation>
    </message>
    <message>
        <source>Another variation</source>
        <translation>Andere Variante</translation>
    </message>
    <message>
        <source>Another variation: blinks, gaze and head move otherwise</source>
        <translation>Andere Variante: Lider, Blick und Kopf bewegen sich anders</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>Seed sperren</translation>
    </message>
    <message>
        <source>Keep this seed: neither the dice nor typing changes it</source>
        <translation>Diesen Seed behalten: Weder Würfel noch Eintippen ändern ihn</translation>
    </message>
    <message>
        <source>Change emotion</source>
        <translation>Emotion ändern</translation>
    </message>
</context>
<context>
    <name>PersonFiles</name>
    <message>
        <source>Avatars (*{suffix})</source>
        <translation>Avatare (*{suffix})</translation>
    </message>
    <message>
        <source>Open Avatar File</source>
        <translation>Avatar-Datei öffnen</translation>
    </message>
    <message>
        <source>{name} is put on</source>
        <translation>Aussehen von {name} übernommen</translation>
    </message>
    <message>
        <source>{name} has a shape beyond the sliders, which this version does not show</source>
        <translation>{name} hat eine Form jenseits der Regler, die diese Version nicht zeigt</translation>
    </message>
    <message>
        <source>Save as Avatar File</source>
        <translation>Als Avatar-Datei speichern</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>{name} is now among your people</source>
        <translation>{name} gehört jetzt zu den eigenen Personen</translation>
    </message>
    <message>
        <source>Remove {name} from your people?</source>
        <translation>{name} aus den eigenen Personen entfernen?</translation>
    </message>
    <message>
        <source>The file {file} is deleted. Projects keep the person.</source>
        <translation>Die Datei {file} wird gelöscht. Projekte behalten die Person.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Square, 512</source>
        <translation>Quadrat, 512</translation>
    </message>
    <message>
        <source>Square, 1080</source>
        <translation>Quadrat, 1080</translation>
    </message>
    <message>
        <source>HD, 1280 × 720</source>
        <translation>HD, 1280 × 720</translation>
    </message>
    <message>
        <source>Full HD, 1920 × 1080</source>
        <translation>Full HD, 1920 × 1080</translation>
    </message>
    <message>
        <source>Upright, 1080 × 1920</source>
        <translation>Hochkant, 1080 × 1920</translation>
    </message>
    <message>
        <source>4K, 3840 × 2160</source>
        <translation>4K, 3840 × 2160</translation>
    </message>
</context>
<context>
    <name>PictureSection</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width and height of what is rendered</source>
        <translation>Breite und Höhe des gerenderten Bildes</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Frames per second; changing it moves nothing in time</source>
        <translation>Bilder pro Sekunde; eine Änderung verschiebt nichts in der Zeit</translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation>{rate} B/s</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>{what} in pixels, 16 to 8192</source>
        <translation>{what} in Pixeln, 16 bis 8192</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>Eigene Größe</translation>
    </message>
</context>
<context>
    <name>Placing</name>
    <message>
        <source>Start in the scene</source>
        <translation>Beginn in der Szene</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Heard from</source>
        <translation>Zu hören von</translation>
    </message>
    <message>
        <source>Heard up to</source>
        <translation>Zu hören bis</translation>
    </message>
    <message>
        <source>In–Out</source>
        <translation>In–Out</translation>
    </message>
    <message>
        <source>Trim to the in and out points; times do not move</source>
        <translation>Auf In- und Out-Punkt trimmen; Zeiten verschieben sich nicht</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>The whole sound is heard and performed</source>
        <translation>Der ganze Ton ist zu hören und wird gespielt</translation>
    </message>
    <message>
        <source>Trim</source>
        <translation>Trimmen</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Loudness of the sound, decibels</source>
        <translation>Lautstärke des Tons in Dezibel</translation>
    </message>
    <message>
        <source>Lip-sync offset in frames: above 0 the lips come later than the sound</source>
        <translation>Lippenversatz in Einzelbildern: Über 0 kommen die Lippen später als der Ton</translation>
    </message>
    <message>
        <source>Lip sync</source>
        <translation>Lippenversatz</translation>
    </message>
    <message>
        <source>{what}, seconds</source>
        <translation>{what}, Sekunden</translation>
    </message>
    <message>
        <source>Comparing the sounds</source>
        <translation>Die Töne werden verglichen</translation>
    </message>
    <message>
        <source>Its sound is not heard on this line: another sentence, or none. Type where the video begins.</source>
        <translation>Sein Ton ist auf dieser Zeile nicht zu hören: ein anderer Satz oder keiner. Geben Sie ein, wo das Video beginnt.</translation>
    </message>
    <message>
        <source>Aligned by sound: the video begins at {seconds:.2f} s.</source>
        <translation>Am Ton ausgerichtet: Das Video beginnt bei {seconds:.2f} s.</translation>
    </message>
</context>
<context>
    <name>PlaybackCommands</name>
    <message>
        <source>Armed: play, and move a slider or a handle; it becomes keys when you stop</source>
        <translation>Scharf geschaltet: Abspielen und dabei einen Regler oder Griff bewegen; beim Anhalten werden Schlüsselbilder daraus</translation>
    </message>
    <message>
        <source>Recorded {names}</source>
        <translation>{names} aufgenommen</translation>
    </message>
</context>
<context>
    <name>Portraits</name>
    <message>
        <source>Drawing people</source>
        <translation>Personen werden gezeichnet</translation>
    </message>
</context>
<context>
    <name>Pose</name>
    <message>
        <source>Lips shut (P B M)</source>
        <translation>Lippen zu (P B M)</translation>
    </message>
    <message>
        <source>Teeth on lip (F V)</source>
        <translation>Zähne auf der Lippe (F W)</translation>
    </message>
    <message>
        <source>Tongue out (Th)</source>
        <translation>Zunge vorn (Th)</translation>
    </message>
    <message>
        <source>Teeth (S Z)</source>
        <translation>Zähne (S Z)</translation>
    </message>
    <message>
        <source>Funnel (Sh Ch)</source>
        <translation>Trichter (Sch Tsch)</translation>
    </message>
    <message>
        <source>Open (Ah)</source>
        <translation>Offen (A)</translation>
    </message>
    <message>
        <source>Spread (Ee)</source>
        <translation>Breit (I)</translation>
    </message>
    <message>
        <source>Round (Oh)</source>
        <translation>Rund (O)</translation>
    </message>
    <message>
        <source>Pursed (Oo)</source>
        <translation>Gespitzt (U)</translation>
    </message>
    <message>
        <source>Lids shut</source>
        <translation>Lider zu</translation>
    </message>
    <message>
        <source>Wink</source>
        <translation>Zwinkern</translation>
    </message>
    <message>
        <source>Eyes wide</source>
        <translation>Augen weit</translation>
    </message>
    <message>
        <source>Look left</source>
        <translation>Blick nach links</translation>
    </message>
    <message>
        <source>Look right</source>
        <translation>Blick nach rechts</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Blick nach oben</translation>
    </message>
    <message>
        <source>Look down</source>
        <translation>Blick nach unten</translation>
    </message>
    <message>
        <source>Brows up</source>
        <translation>Brauen hoch</translation>
    </message>
    <message>
        <source>Brows down</source>
        <translation>Brauen tief</translation>
    </message>
    <message>
        <source>Head tilted</source>
        <translation>Kopf geneigt</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>Wütend</translation>
    </message>
    <message>
        <source>Contempt</source>
        <translation>Verächtlich</translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation>Angewidert</translation>
    </message>
    <message>
        <source>Fear</source>
        <translation>Ängstlich</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>Fröhlich</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Traurig</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
</context>
<context>
    <name>PosesPanel</name>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Built-in poses</source>
        <translation>Eingebaute Posen</translation>
    </message>
    <message>
        <source>My Poses</source>
        <translation>Meine Posen</translation>
    </message>
    <message>
        <source>Save Pose</source>
        <translation>Pose sichern</translation>
    </message>
    <message>
        <source>Keep the pose at the playhead, as it is seen</source>
        <translation>Die Pose am Abspielkopf behalten, wie sie zu sehen ist</translation>
    </message>
    <message>
        <source>My poses</source>
        <translation>Meine Posen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Give the pose another name (F2)</source>
        <translation>Der Pose einen anderen Namen geben (F2)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Take the pose out of the library (Delete)</source>
        <translation>Die Pose aus der Bibliothek nehmen (Entf)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How much of the pose is applied</source>
        <translation>Wie viel von der Pose angewendet wird</translation>
    </message>
    <message>
        <source>Only these regions of the face; all where none is chosen</source>
        <translation>Nur diese Regionen des Gesichts; alle, wenn keine gewählt ist</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>With left and right exchanged</source>
        <translation>Mit vertauschtem Links und Rechts</translation>
    </message>
    <message>
        <source>Key Pose at Playhead</source>
        <translation>Pose am Abspielkopf setzen</translation>
    </message>
    <message>
        <source>Set keys on the active layer (Return, or a double click on the pose). A layer that adds adds the pose.</source>
        <translation>Schlüsselbilder auf der aktiven Ebene setzen (Eingabe oder Doppelklick auf die Pose). Eine addierende Ebene addiert die Pose.</translation>
    </message>
    <message>
        <source>{name}: {count} channels</source>
        <translation>{name}: {count} Kanäle</translation>
    </message>
    <message>
        <source>Apply pose</source>
        <translation>Pose anwenden</translation>
    </message>
    <message>
        <source>Pose {number}</source>
        <translation>Pose {number}</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Dark or light, or as the system has it</source>
        <translation>Dunkel oder hell, oder wie im System eingestellt</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>&amp;Farbschema:</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language of menus, panels and messages</source>
        <translation>Sprache der Menüs, Bedienfelder und Meldungen</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Sprache:</translation>
    </message>
    <message>
        <source>The language changes when Viva Voce is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start von Viva Voce.</translation>
    </message>
    <message>
        <source>Keys as another program has them; own changes are dropped</source>
        <translation>Tasten wie in einem anderen Programm; eigene Änderungen entfallen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Choose the keys of every action</source>
        <translation>Die Tasten aller Befehle wählen</translation>
    </message>
    <message>
        <source>&amp;Keys:</source>
        <translation>&amp;Tasten:</translation>
    </message>
    <message>
        <source>Timecode</source>
        <translation>Timecode</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>How times are written</source>
        <translation>Wie Zeiten geschrieben werden</translation>
    </message>
    <message>
        <source>T&amp;ime in:</source>
        <translation>&amp;Zeit in:</translation>
    </message>
    <message>
        <source>Hear the sound while scrubbing</source>
        <translation>Beim Scrubben den Ton hören</translation>
    </message>
    <message>
        <source>Short pieces of sound while the playhead is dragged</source>
        <translation>Kurze Tonstücke, während der Abspielkopf gezogen wird</translation>
    </message>
</context>
<context>
    <name>QueueRunner</name>
    <message>
        <source>Rendering {name}</source>
        <translation>{name} wird gerendert</translation>
    </message>
    <message>
        <source>Done: {seconds:.2f} s</source>
        <translation>Fertig: {seconds:.2f} s</translation>
    </message>
    <message>
        <source>the line of this job was removed</source>
        <translation>die Zeile dieses Auftrags wurde entfernt</translation>
    </message>
    <message>
        <source>undo that, or take the job out of the queue</source>
        <translation>das rückgängig machen oder den Auftrag aus der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>Rate</name>
    <message>
        <source>Pictures of the viewport in a second</source>
        <translation>Bilder des Viewports pro Sekunde</translation>
    </message>
    <message>
        <source>Pictures in a second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>{rate} fps</source>
        <translation>{rate} B/s</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Record performance</source>
        <translation>Darbietung aufnehmen</translation>
    </message>
    <message>
        <source>nothing was recorded</source>
        <translation>es wurde nichts aufgenommen</translation>
    </message>
    <message>
        <source>move a slider while the line plays</source>
        <translation>einen Regler bewegen, während die Zeile spielt</translation>
    </message>
</context>
<context>
    <name>ReferenceBar</name>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>The tracked points over the picture</source>
        <translation>Die verfolgten Punkte über dem Bild</translation>
    </message>
    <message>
        <source>The face in this picture is the face at rest: captured motion begins there</source>
        <translation>Das Gesicht in diesem Bild ist das Gesicht in Ruhe: Erfasste Bewegung beginnt dort</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Hide the reference picture, or switch the camera off</source>
        <translation>Das Referenzbild ausblenden, oder die Kamera ausschalten</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>ReferenceView</name>
    <message>
        <source>Reference picture</source>
        <translation>Referenzbild</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Dieses</translation>
    </message>
</context>
<context>
    <name>Region</name>
    <message>
        <source>Whole face</source>
        <translation>Ganzes Gesicht</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation>Wangen</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
</context>
<context>
    <name>RegionSection</name>
    <message>
        <source>Regions</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>What is off stays generated: captured brows and head go with generated lips.</source>
        <translation>Was aus ist, bleibt erzeugt: Erfasste Brauen und Kopf passen zu erzeugten Lippen.</translation>
    </message>
</context>
<context>
    <name>RelinkDialog</name>
    <message>
        <source>Find Missing Media</source>
        <translation>Fehlende Medien suchen</translation>
    </message>
    <message>
        <source>These sounds are not where the project left them, or are no longer what they were. Everything you made on them is kept.</source>
        <translation>Diese Töne liegen nicht mehr dort, wo das Projekt sie gelassen hat, oder sind nicht mehr dieselben. Alles, was Sie daran gemacht haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Missing media</source>
        <translation>Fehlende Medien</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>New place</source>
        <translation>Neuer Ort</translation>
    </message>
    <message>
        <source>&amp;Locate…</source>
        <translation>&amp;Auswählen …</translation>
    </message>
    <message>
        <source>Name the file of the selected sound</source>
        <translation>Die Datei des gewählten Tons angeben</translation>
    </message>
    <message>
        <source>&amp;Search Folder…</source>
        <translation>&amp;Ordner durchsuchen …</translation>
    </message>
    <message>
        <source>Look for all of them in a folder and those in it</source>
        <translation>Alle in einem Ordner und seinen Unterordnern suchen</translation>
    </message>
    <message>
        <source>&amp;Use the One Found</source>
        <translation>&amp;Gefundene verwenden</translation>
    </message>
    <message>
        <source>Take the file that lies under the old name now, though it is another one</source>
        <translation>Die Datei nehmen, die jetzt unter dem alten Namen liegt, obwohl es eine andere ist</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Stop searching; what was found stays</source>
        <translation>Suche anhalten; Gefundenes bleibt</translation>
    </message>
    <message>
        <source>Relink</source>
        <translation>Neu verknüpfen</translation>
    </message>
    <message>
        <source>Leave as It Is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Found: the same recording</source>
        <translation>Gefunden: dieselbe Aufnahme</translation>
    </message>
    <message>
        <source>Another recording, chosen</source>
        <translation>Andere Aufnahme, gewählt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Another file lies there now</source>
        <translation>Dort liegt jetzt eine andere Datei</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>Wo ist {name}?</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message>
        <source>Search Folder</source>
        <translation>Ordner durchsuchen</translation>
    </message>
    <message>
        <source>{found} of {wanted} found in {folder}.</source>
        <translation>{found} von {wanted} in {folder} gefunden.</translation>
    </message>
    <message>
        <source>Searching {name}</source>
        <translation>{name} wird durchsucht</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>{name} is another recording: {new:.2f} s instead of {old:.2f} s.</source>
        <translation>{name} ist eine andere Aufnahme: {new:.2f} s statt {old:.2f} s.</translation>
    </message>
</context>
<context>
    <name>Relinker</name>
    <message>
        <source>Looking for the media</source>
        <translation>Medien werden gesucht</translation>
    </message>
    <message>
        <source>One sound of this project is missing or was replaced.</source>
        <translation>Ein Ton dieses Projekts fehlt oder wurde ersetzt.</translation>
    </message>
    <message>
        <source>{count} sounds of this project are missing or were replaced.</source>
        <translation>{count} Töne dieses Projekts fehlen oder wurden ersetzt.</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen …</translation>
    </message>
</context>
<context>
    <name>RenderQueue</name>
    <message>
        <source>Nothing is queued. Add Range puts the current line between its in and out points here.</source>
        <translation>Die Liste ist leer. „Bereich hinzufügen“ setzt die aktuelle Zeile zwischen In- und Out-Punkt hierher.</translation>
    </message>
    <message>
        <source>Add &amp;Range</source>
        <translation>&amp;Bereich hinzufügen</translation>
    </message>
    <message>
        <source>Queue the current line, from its in to its out point</source>
        <translation>Die aktuelle Zeile einreihen, vom In- zum Out-Punkt</translation>
    </message>
    <message>
        <source>Add S&amp;cene</source>
        <translation>&amp;Szene hinzufügen</translation>
    </message>
    <message>
        <source>Queue all lines, one after another</source>
        <translation>Alle Zeilen einreihen, eine nach der anderen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Take the selected job out of the queue (Delete)</source>
        <translation>Den gewählten Auftrag aus der Liste nehmen (Entf)</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Render the selected job earlier (Alt+Up)</source>
        <translation>Den gewählten Auftrag früher rendern (Alt+Hoch)</translation>
    </message>
    <message>
        <source>Dow&amp;n</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Render the selected job later (Alt+Down)</source>
        <translation>Den gewählten Auftrag später rendern (Alt+Runter)</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>&amp;Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open the folder of the selected job&apos;s file</source>
        <translation>Den Ordner mit der Datei des gewählten Auftrags öffnen</translation>
    </message>
    <message>
        <source>Render &amp;All</source>
        <translation>&amp;Alle rendern</translation>
    </message>
    <message>
        <source>Render every job that is not done yet (Ctrl+Return)</source>
        <translation>Alle Aufträge rendern, die noch nicht fertig sind (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>Anha&amp;lten</translation>
    </message>
    <message>
        <source>Stop rendering; what is half-written is taken away</source>
        <translation>Rendern anhalten; halb Geschriebenes wird entfernt</translation>
    </message>
    <message>
        <source>Render queue</source>
        <translation>Renderliste</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Endfassung</translation>
    </message>
    <message>
        <source>the scene</source>
        <translation>die Szene</translation>
    </message>
    <message>
        <source>A line that was removed</source>
        <translation>Eine entfernte Zeile</translation>
    </message>
    <message>
        <source>{start:.2f}–{end:.2f} s of {name}</source>
        <translation>{start:.2f}–{end:.2f} s von {name}</translation>
    </message>
    <message>
        <source>From {start:.2f} s of {name}</source>
        <translation>Ab {start:.2f} s von {name}</translation>
    </message>
    <message>
        <source>All of {name}</source>
        <translation>{name} ganz</translation>
    </message>
    <message>
        <source>Rendering, {share}</source>
        <translation>Wird gerendert, {share}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>Fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>Render To</source>
        <translation>Rendern nach</translation>
    </message>
</context>
<context>
    <name>SceneStrip</name>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>{lines} lines of {characters} characters</source>
        <translation>{lines} Zeilen von {characters} Figuren</translation>
    </message>
    <message>
        <source>{start:.2f} to {end:.2f} s of the scene</source>
        <translation>{start:.2f} bis {end:.2f} s der Szene</translation>
    </message>
    <message>
        <source>Click to work on it, drag to move it</source>
        <translation>Klicken, um sie zu bearbeiten; ziehen, um sie zu verschieben</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Fold</source>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aufklappen</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Untitled</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>{path} is a folder</source>
        <translation>{path} ist ein Ordner</translation>
    </message>
    <message>
        <source>drop the sound file itself</source>
        <translation>die Tondatei selbst hineinziehen</translation>
    </message>
    <message>
        <source>{path} does not exist</source>
        <translation>{path} gibt es nicht</translation>
    </message>
    <message>
        <source>check the name and the folder</source>
        <translation>Namen und Ordner prüfen</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Dope sheet</source>
        <translation>Dopesheet</translation>
    </message>
</context>
<context>
    <name>ShortcutEditor</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search actions, menus and keys</source>
        <translation>Befehle, Menüs und Tasten durchsuchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Words of an action or its menu, or a key such as Ctrl+S</source>
        <translation>Wörter eines Befehls oder seines Menüs oder eine Taste wie Strg+S</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Keys as another program has them; own changes are dropped</source>
        <translation>Tasten wie in einem anderen Programm; eigene Änderungen entfallen</translation>
    </message>
    <message>
        <source>Preset:</source>
        <translation>Voreinstellung:</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Only this key for the action; who has it now loses it</source>
        <translation>Nur diese Taste für den Befehl; wer sie jetzt hat, verliert sie</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>This key too</source>
        <translation>Diese Taste zusätzlich</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>No key for the action</source>
        <translation>Keine Taste für den Befehl</translation>
    </message>
    <message>
        <source>As in Preset</source>
        <translation>Wie voreingestellt</translation>
    </message>
    <message>
        <source>The keys the preset has for the action</source>
        <translation>Die Tasten, die die Voreinstellung dem Befehl gibt</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Keys from a file</source>
        <translation>Tasten aus einer Datei</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Keys to a file, for another machine</source>
        <translation>Tasten in eine Datei, für einen anderen Rechner</translation>
    </message>
    <message>
        <source>Changed; the preset has {keys}</source>
        <translation>Geändert; voreingestellt ist {keys}</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”, which would lose it.</source>
        <translation>{key} gehört zu „{action}“ und ginge dort verloren.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation>{file} ist nicht lesbar: {reason}</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}</source>
        <translation>{file} lässt sich nicht schreiben: {reason}</translation>
    </message>
    <message>
        <source>Import Keys</source>
        <translation>Tasten importieren</translation>
    </message>
    <message>
        <source>Key maps (*.json)</source>
        <translation>Tastenbelegungen (*.json)</translation>
    </message>
    <message>
        <source>Export Keys</source>
        <translation>Tasten exportieren</translation>
    </message>
</context>
<context>
    <name>SidesRow</name>
    <message>
        <source>{name}, number</source>
        <translation>{name}, Zahl</translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Playing speed, with the pitch kept. J, K and L shuttle: backwards, stop, forwards; again is faster</source>
        <translation>Wiedergabetempo bei gleicher Tonhöhe. J, K und L: rückwärts, Halt, vorwärts; nochmals drücken ist schneller</translation>
    </message>
</context>
<context>
    <name>StageCommands</name>
    <message>
        <source>The picture behind the characters is missing: a gradient is shown in its place.</source>
        <translation>Das Bild hinter den Figuren fehlt: An seiner Stelle ist ein Verlauf zu sehen.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>{name} is chosen</source>
        <translation>{name} ist gewählt</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Undo {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>Wiederholen: {step}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Add character</source>
        <translation>Figur hinzufügen</translation>
    </message>
    <message>
        <source>Add instruction</source>
        <translation>Anweisung hinzufügen</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>Ebene hinzufügen</translation>
    </message>
    <message>
        <source>Add line</source>
        <translation>Zeile hinzufügen</translation>
    </message>
    <message>
        <source>Add to render queue</source>
        <translation>In die Renderliste</translation>
    </message>
    <message>
        <source>Analyse line</source>
        <translation>Zeile analysieren</translation>
    </message>
    <message>
        <source>Analyse selection</source>
        <translation>Auswahl analysieren</translation>
    </message>
    <message>
        <source>Apply transcript</source>
        <translation>Transkript anwenden</translation>
    </message>
    <message>
        <source>Arrange characters</source>
        <translation>Figuren aufstellen</translation>
    </message>
    <message>
        <source>Bake keys</source>
        <translation>Schlüsselbilder backen</translation>
    </message>
    <message>
        <source>Bend tangent</source>
        <translation>Tangente biegen</translation>
    </message>
    <message>
        <source>Capture from video</source>
        <translation>Aus Video erfassen</translation>
    </message>
    <message>
        <source>Change amount</source>
        <translation>Anteil ändern</translation>
    </message>
    <message>
        <source>Change avatar</source>
        <translation>Avatar ändern</translation>
    </message>
    <message>
        <source>Change background</source>
        <translation>Hintergrund ändern</translation>
    </message>
    <message>
        <source>Change background blur</source>
        <translation>Hintergrundunschärfe ändern</translation>
    </message>
    <message>
        <source>Change background colour</source>
        <translation>Hintergrundfarbe ändern</translation>
    </message>
    <message>
        <source>Change background picture</source>
        <translation>Hintergrundbild ändern</translation>
    </message>
    <message>
        <source>Change camera</source>
        <translation>Kamera ändern</translation>
    </message>
    <message>
        <source>Change camera key</source>
        <translation>Kamera-Schlüsselbild ändern</translation>
    </message>
    <message>
        <source>Change camera keys</source>
        <translation>Kamera-Schlüsselbilder ändern</translation>
    </message>
    <message>
        <source>Change capture</source>
        <translation>Erfassung ändern</translation>
    </message>
    <message>
        <source>Change character</source>
        <translation>Figur ändern</translation>
    </message>
    <message>
        <source>Change colour of the edge</source>
        <translation>Randfarbe ändern</translation>
    </message>
    <message>
        <source>Change contrast</source>
        <translation>Kontrast ändern</translation>
    </message>
    <message>
        <source>Change curve</source>
        <translation>Kurve ändern</translation>
    </message>
    <message>
        <source>Change depth of field</source>
        <translation>Schärfentiefe ändern</translation>
    </message>
    <message>
        <source>Change exposure</source>
        <translation>Belichtung ändern</translation>
    </message>
    <message>
        <source>Change f-number</source>
        <translation>Blende ändern</translation>
    </message>
    <message>
        <source>Change fill light</source>
        <translation>Aufhelllicht ändern</translation>
    </message>
    <message>
        <source>Change focus</source>
        <translation>Fokus ändern</translation>
    </message>
    <message>
        <source>Change following light</source>
        <translation>Mitdrehen des Lichts ändern</translation>
    </message>
    <message>
        <source>Change gain</source>
        <translation>Pegel ändern</translation>
    </message>
    <message>
        <source>Change in and out</source>
        <translation>In und Out ändern</translation>
    </message>
    <message>
        <source>Change instruction</source>
        <translation>Anweisung ändern</translation>
    </message>
    <message>
        <source>Change key light</source>
        <translation>Führungslicht ändern</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Schlüsselbilder ändern</translation>
    </message>
    <message>
        <source>Change layer</source>
        <translation>Ebene ändern</translation>
    </message>
    <message>
        <source>Change light</source>
        <translation>Licht ändern</translation>
    </message>
    <message>
        <source>Change light around</source>
        <translation>Umgebungslicht ändern</translation>
    </message>
    <message>
        <source>Change line</source>
        <translation>Zeile ändern</translation>
    </message>
    <message>
        <source>Change lip-sync offset</source>
        <translation>Lippenversatz ändern</translation>
    </message>
    <message>
        <source>Change part</source>
        <translation>Teil ändern</translation>
    </message>
    <message>
        <source>Change parts</source>
        <translation>Teile ändern</translation>
    </message>
    <message>
        <source>Change phoneme strength</source>
        <translation>Phonemstärke ändern</translation>
    </message>
    <message>
        <source>Change phonemes</source>
        <translation>Phoneme ändern</translation>
    </message>
    <message>
        <source>Change pose</source>
        <translation>Pose ändern</translation>
    </message>
    <message>
        <source>Change render queue</source>
        <translation>Renderliste ändern</translation>
    </message>
    <message>
        <source>Change rim light</source>
        <translation>Kantenlicht ändern</translation>
    </message>
    <message>
        <source>Change saturation</source>
        <translation>Sättigung ändern</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>Seed ändern</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>Einstellungen ändern</translation>
    </message>
    <message>
        <source>Change softness of the light</source>
        <translation>Weichheit des Lichts ändern</translation>
    </message>
    <message>
        <source>Change stage</source>
        <translation>Bühne ändern</translation>
    </message>
    <message>
        <source>Change text</source>
        <translation>Text ändern</translation>
    </message>
    <message>
        <source>Change tone</source>
        <translation>Tonwerte ändern</translation>
    </message>
    <message>
        <source>Change transcript</source>
        <translation>Transkript ändern</translation>
    </message>
    <message>
        <source>Change turn of the light</source>
        <translation>Drehung des Lichts ändern</translation>
    </message>
    <message>
        <source>Change values</source>
        <translation>Werte ändern</translation>
    </message>
    <message>
        <source>Change viseme</source>
        <translation>Visem ändern</translation>
    </message>
    <message>
        <source>Change warmth of the light</source>
        <translation>Wärme des Lichts ändern</translation>
    </message>
    <message>
        <source>Choose person</source>
        <translation>Person wählen</translation>
    </message>
    <message>
        <source>Clear emotions</source>
        <translation>Emotionen leeren</translation>
    </message>
    <message>
        <source>Clear in and out</source>
        <translation>In und Out löschen</translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation>Schlüsselbilder kopieren</translation>
    </message>
    <message>
        <source>Cut keys</source>
        <translation>Schlüsselbilder ausschneiden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duplicate keys</source>
        <translation>Schlüsselbilder duplizieren</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>Ebene duplizieren</translation>
    </message>
    <message>
        <source>Ease</source>
        <translation>Ease</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>Bearbeitungen</translation>
    </message>
    <message>
        <source>Flip keys</source>
        <translation>Schlüsselbilder spiegeln</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bildausschnitt setzen</translation>
    </message>
    <message>
        <source>Import TextGrid</source>
        <translation>TextGrid importieren</translation>
    </message>
    <message>
        <source>Import lines</source>
        <translation>Zeilen importieren</translation>
    </message>
    <message>
        <source>Import motion</source>
        <translation>Bewegung importieren</translation>
    </message>
    <message>
        <source>Insert key</source>
        <translation>Schlüsselbild einfügen</translation>
    </message>
    <message>
        <source>Listen for emotion</source>
        <translation>Emotion heraushören</translation>
    </message>
    <message>
        <source>Merge phonemes</source>
        <translation>Phoneme verbinden</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>Links und rechts tauschen</translation>
    </message>
    <message>
        <source>Mirror person</source>
        <translation>Person spiegeln</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move boundary</source>
        <translation>Grenze verschieben</translation>
    </message>
    <message>
        <source>Move capture</source>
        <translation>Erfassung verschieben</translation>
    </message>
    <message>
        <source>Move character</source>
        <translation>Figur verschieben</translation>
    </message>
    <message>
        <source>Move key</source>
        <translation>Schlüsselbild verschieben</translation>
    </message>
    <message>
        <source>Move keys</source>
        <translation>Schlüsselbilder verschieben</translation>
    </message>
    <message>
        <source>Move line</source>
        <translation>Zeile verschieben</translation>
    </message>
    <message>
        <source>Nudge</source>
        <translation>Schubsen</translation>
    </message>
    <message>
        <source>Nudge keys</source>
        <translation>Schlüsselbilder schubsen</translation>
    </message>
    <message>
        <source>Open avatar file</source>
        <translation>Avatar-Datei öffnen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste keys</source>
        <translation>Schlüsselbilder einfügen</translation>
    </message>
    <message>
        <source>Paste looks</source>
        <translation>Aussehen einfügen</translation>
    </message>
    <message>
        <source>Random person</source>
        <translation>Zufallsperson</translation>
    </message>
    <message>
        <source>Record my face</source>
        <translation>Mein Gesicht aufnehmen</translation>
    </message>
    <message>
        <source>Record performance</source>
        <translation>Darbietung aufnehmen</translation>
    </message>
    <message>
        <source>Relabel phoneme</source>
        <translation>Phonem umbenennen</translation>
    </message>
    <message>
        <source>Relabel phonemes</source>
        <translation>Phoneme umbenennen</translation>
    </message>
    <message>
        <source>Relink media</source>
        <translation>Medien neu verknüpfen</translation>
    </message>
    <message>
        <source>Remove character</source>
        <translation>Figur entfernen</translation>
    </message>
    <message>
        <source>Remove from render queue</source>
        <translation>Aus der Renderliste nehmen</translation>
    </message>
    <message>
        <source>Remove instruction</source>
        <translation>Anweisung entfernen</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>Schlüsselbild entfernen</translation>
    </message>
    <message>
        <source>Remove keys</source>
        <translation>Schlüsselbilder entfernen</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>Zeile entfernen</translation>
    </message>
    <message>
        <source>Remove part</source>
        <translation>Teil entfernen</translation>
    </message>
    <message>
        <source>Remove pose</source>
        <translation>Pose entfernen</translation>
    </message>
    <message>
        <source>Rename line</source>
        <translation>Zeile umbenennen</translation>
    </message>
    <message>
        <source>Rename person</source>
        <translation>Person umbenennen</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>Ebenen umordnen</translation>
    </message>
    <message>
        <source>Reorder render queue</source>
        <translation>Renderliste umordnen</translation>
    </message>
    <message>
        <source>Replace sound</source>
        <translation>Ton ersetzen</translation>
    </message>
    <message>
        <source>Reset amounts</source>
        <translation>Anteile zurücksetzen</translation>
    </message>
    <message>
        <source>Reset person</source>
        <translation>Person zurücksetzen</translation>
    </message>
    <message>
        <source>Retime keys</source>
        <translation>Schlüsselbilder zeitlich dehnen</translation>
    </message>
    <message>
        <source>Reverse keys</source>
        <translation>Schlüsselbilder umkehren</translation>
    </message>
    <message>
        <source>Scale keys</source>
        <translation>Schlüsselbilder skalieren</translation>
    </message>
    <message>
        <source>Set in point</source>
        <translation>In-Punkt setzen</translation>
    </message>
    <message>
        <source>Set key</source>
        <translation>Schlüsselbild setzen</translation>
    </message>
    <message>
        <source>Set out point</source>
        <translation>Out-Punkt setzen</translation>
    </message>
    <message>
        <source>Set tangents</source>
        <translation>Tangenten setzen</translation>
    </message>
    <message>
        <source>Set value</source>
        <translation>Wert setzen</translation>
    </message>
    <message>
        <source>Set values</source>
        <translation>Werte setzen</translation>
    </message>
    <message>
        <source>Several</source>
        <translation>Mehreres</translation>
    </message>
    <message>
        <source>Simplify keys</source>
        <translation>Schlüsselbilder vereinfachen</translation>
    </message>
    <message>
        <source>Smooth keys</source>
        <translation>Schlüsselbilder glätten</translation>
    </message>
    <message>
        <source>Snap keys</source>
        <translation>Schlüsselbilder einrasten</translation>
    </message>
    <message>
        <source>Split phoneme</source>
        <translation>Phonem teilen</translation>
    </message>
    <message>
        <source>Switch take</source>
        <translation>Aufnahme wechseln</translation>
    </message>
    <message>
        <source>Switch track</source>
        <translation>Spur umschalten</translation>
    </message>
    <message>
        <source>Trim line</source>
        <translation>Zeile trimmen</translation>
    </message>
    <message>
        <source>Vary person</source>
        <translation>Person variieren</translation>
    </message>
    <message>
        <source>Move camera</source>
        <translation>Kamera bewegen</translation>
    </message>
</context>
<context>
    <name>TakeList</name>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
</context>
<context>
    <name>TakeRow</name>
    <message>
        <source>Compare as {side}</source>
        <translation>Als {side} vergleichen</translation>
    </message>
    <message>
        <source>Compare: this take as {side}</source>
        <translation>Vergleich: dieses Take als {side}</translation>
    </message>
    <message>
        <source>score {score} · seed {seed}</source>
        <translation>Wertung {score} · Seed {seed}</translation>
    </message>
    <message>
        <source>older than the line</source>
        <translation>älter als die Zeile</translation>
    </message>
</context>
<context>
    <name>TakesPanel</name>
    <message>
        <source>New Take</source>
        <translation>Neues Take</translation>
    </message>
    <message>
        <source>Keep the performance as it is now, and others with other seeds</source>
        <translation>Die Darbietung festhalten, wie sie jetzt ist, und weitere mit anderen Seeds</translation>
    </message>
    <message>
        <source>Number of takes</source>
        <translation>Zahl der Takes</translation>
    </message>
    <message>
        <source>How many takes to make, each with a seed of its own</source>
        <translation>Wie viele Takes entstehen, jedes mit eigenem Seed</translation>
    </message>
    <message>
        <source>New Takes</source>
        <translation>Neue Takes</translation>
    </message>
    <message>
        <source>No takes yet. A take keeps a performance, so that you can try others and come back.</source>
        <translation>Noch keine Takes. Ein Take hält eine Darbietung fest, damit Sie andere ausprobieren und zurückkehren können.</translation>
    </message>
    <message>
        <source>Use for</source>
        <translation>Verwenden für</translation>
    </message>
    <message>
        <source>Let the take play there, from the in to the out point or over the whole line</source>
        <translation>Das Take dort spielen lassen, vom In- zum Out-Punkt oder über die ganze Zeile</translation>
    </message>
    <message>
        <source>Back to Live</source>
        <translation>Zurück zu Live</translation>
    </message>
    <message>
        <source>Let the live performance play again, from the in to the out point or over the whole line</source>
        <translation>Wieder die Live-Darbietung spielen lassen, vom In- zum Out-Punkt oder über die ganze Zeile</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment on the take</source>
        <translation>Kommentar zum Take</translation>
    </message>
    <message>
        <source>A few words on the chosen take; Enter keeps them</source>
        <translation>Ein paar Worte zum gewählten Take; Eingabe behält sie</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>A colour to tell takes apart</source>
        <translation>Eine Farbe, um Takes zu unterscheiden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the take, and where it plays (Delete)</source>
        <translation>Das Take löschen, auch wo es spielt (Entf)</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>How to compare</source>
        <translation>Wie verglichen wird</translation>
    </message>
    <message>
        <source>Flip between both, see them side by side, or see how far they are apart in colours</source>
        <translation>Zwischen beiden wechseln, sie nebeneinander sehen oder ihren Abstand in Farben sehen</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Show the other one (B)</source>
        <translation>Das andere zeigen (B)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Compare nothing</source>
        <translation>Nichts vergleichen</translation>
    </message>
    <message>
        <source>plays: {regions}</source>
        <translation>spielt: {regions}</translation>
    </message>
    <message>
        <source>The takes are locked in the timeline.</source>
        <translation>Die Takes sind in der Zeitleiste gesperrt.</translation>
    </message>
    <message>
        <source>{start:.2f}–{end:.2f} s</source>
        <translation>{start:.2f}–{end:.2f} s</translation>
    </message>
    <message>
        <source>whole line</source>
        <translation>ganze Zeile</translation>
    </message>
    <message>
        <source>Use for ({place})</source>
        <translation>Verwenden für ({place})</translation>
    </message>
    <message>
        <source>the line as it is</source>
        <translation>die Zeile, wie sie ist</translation>
    </message>
    <message>
        <source>choose B on a take</source>
        <translation>an einem Take wählen</translation>
    </message>
    <message>
        <source>A: {a} · B: {b}</source>
        <translation>A: {a} · B: {b}</translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation>Take {number}</translation>
    </message>
    <message>
        <source>Performing takes</source>
        <translation>Takes werden berechnet</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Use for the Whole Face</source>
        <translation>Für das ganze Gesicht verwenden</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Comparing takes</source>
        <translation>Takes werden verglichen</translation>
    </message>
</context>
<context>
    <name>TakesSection</name>
    <message>
        <source>Takes</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>How many keys a take gets: few are easily edited, many keep every tremor</source>
        <translation>Wie viele Schlüssel eine Aufnahme bekommt: Wenige lassen sich leicht bearbeiten, viele bewahren jedes Zittern</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Drawing thumbnails</source>
        <translation>Vorschaubilder werden gezeichnet</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>Playhead</source>
        <translation>Abspielkopf</translation>
    </message>
    <message>
        <source>Playhead: type a timecode, frames (40), seconds (1.5 s) or a step (+10)</source>
        <translation>Abspielkopf: Timecode, Einzelbilder (40), Sekunden (1.5 s) oder einen Schritt (+10) eingeben</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Marker {}</source>
        <translation>Marke {}</translation>
    </message>
    <message>
        <source>Nothing is performed here yet: wait a moment, then pin it</source>
        <translation>Hier ist noch nichts berechnet: einen Moment warten, dann anpinnen</translation>
    </message>
    <message>
        <source>Layer {}</source>
        <translation>Ebene {}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Instructions&lt;/b&gt;: double-click and say how to play this stretch</source>
        <translation>&lt;b&gt;Anweisungen&lt;/b&gt;: doppelklicken und sagen, wie dieser Abschnitt zu spielen ist</translation>
    </message>
    <message>
        <source>not understood: {}</source>
        <translation>nicht verstanden: {}</translation>
    </message>
    <message>
        <source>strength {}</source>
        <translation>Stärke {}</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>&lt;b&gt;Takes&lt;/b&gt;: right-click to place one</source>
        <translation>&lt;b&gt;Takes&lt;/b&gt;: Rechtsklick platziert eines</translation>
    </message>
    <message>
        <source>whole face</source>
        <translation>ganzes Gesicht</translation>
    </message>
    <message>
        <source>Live performance</source>
        <translation>Live-Darbietung</translation>
    </message>
    <message>
        <source>older than its inputs</source>
        <translation>älter als seine Grundlagen</translation>
    </message>
    <message>
        <source>override</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>additive</source>
        <translation>additiv</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, {1}, weight {2} %, {3} curves&lt;br&gt;{4}</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;, {1}, Gewicht {2} %, {3} Kurven&lt;br&gt;{4}</translation>
    </message>
    <message>
        <source>Select phonemes, or set in and out</source>
        <translation>Phoneme auswählen oder In und Out setzen</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;&lt;br&gt;{1}, no keys: {2} throughout</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;&lt;br&gt;{1}, keine Schlüsselbilder: durchgehend {2}</translation>
    </message>
    <message>
        <source>Mute {}</source>
        <translation>{} stumm schalten</translation>
    </message>
    <message>
        <source>Solo {}</source>
        <translation>{} auf Solo</translation>
    </message>
    <message>
        <source>Lock {}</source>
        <translation>{} sperren</translation>
    </message>
    <message>
        <source>Expand {}</source>
        <translation>{} aufklappen</translation>
    </message>
    <message>
        <source>Collapse {}</source>
        <translation>{} zuklappen</translation>
    </message>
    <message>
        <source>Drag for the height of {}</source>
        <translation>Ziehen ändert die Höhe von {}</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>Blinks</source>
        <translation>Lidschläge</translation>
    </message>
    <message>
        <source>Gaze targets</source>
        <translation>Blickziele</translation>
    </message>
    <message>
        <source>automatic: editing one keeps them all</source>
        <translation>automatisch: Wer eines bearbeitet, behält alle</translation>
    </message>
    <message>
        <source>&lt;b&gt;Blink&lt;/b&gt;, strength {0}, {1} ms&lt;br&gt;{2}</source>
        <translation>&lt;b&gt;Lidschlag&lt;/b&gt;, Stärke {0}, {1} ms&lt;br&gt;{2}</translation>
    </message>
    <message>
        <source>Looks at the viewer</source>
        <translation>Blickt zum Betrachter</translation>
    </message>
    <message>
        <source>{}° to the left</source>
        <translation>{}° nach links</translation>
    </message>
    <message>
        <source>{}° to the right</source>
        <translation>{}° nach rechts</translation>
    </message>
    <message>
        <source>{}° down</source>
        <translation>{}° nach unten</translation>
    </message>
    <message>
        <source>{}° up</source>
        <translation>{}° nach oben</translation>
    </message>
    <message>
        <source>Looks {}</source>
        <translation>Blickt {}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Pins&lt;/b&gt;: double-click to pin the face as it is here</source>
        <translation>&lt;b&gt;Pins&lt;/b&gt;: Doppelklick pinnt das Gesicht an, wie es hier ist</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, {1} channels, reach {2} s&lt;br&gt;{3}</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;, {1} Kanäle, Reichweite {2} s&lt;br&gt;{3}</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>In point</source>
        <translation>In-Punkt</translation>
    </message>
    <message>
        <source>Out point</source>
        <translation>Out-Punkt</translation>
    </message>
    <message>
        <source>In to out</source>
        <translation>In bis Out</translation>
    </message>
    <message>
        <source>, in “{}”</source>
        <translation>, in „{}“</translation>
    </message>
    <message>
        <source>{0} to {1} s, {2} ms</source>
        <translation>{0} bis {1} s, {2} ms</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Phonemes</source>
        <translation>Phoneme</translation>
    </message>
    <message>
        <source>Blinks, gaze</source>
        <translation>Lider, Blick</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Intensität</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>Pins</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Orbit</source>
        <translation>Umkreisen</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>Höhenwinkel</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Angry</source>
        <translation>Wütend</translation>
    </message>
    <message>
        <source>Contempt</source>
        <translation>Verächtlich</translation>
    </message>
    <message>
        <source>Disgusted</source>
        <translation>Angewidert</translation>
    </message>
    <message>
        <source>Fear</source>
        <translation>Ängstlich</translation>
    </message>
    <message>
        <source>Happy</source>
        <translation>Fröhlich</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Traurig</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>Brauen</translation>
    </message>
    <message>
        <source>Eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>Cheeks and Nose</source>
        <translation>Wangen und Nase</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Flach</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>Stepped</source>
        <translation>Gestuft</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>Gebrochen</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>lips shut</source>
        <translation>Lippen zu</translation>
    </message>
    <message>
        <source>lip to teeth</source>
        <translation>Lippe an den Zähnen</translation>
    </message>
    <message>
        <source>tongue between teeth</source>
        <translation>Zunge zwischen den Zähnen</translation>
    </message>
    <message>
        <source>tongue tip up</source>
        <translation>Zungenspitze oben</translation>
    </message>
    <message>
        <source>tongue back up</source>
        <translation>Zungenrücken oben</translation>
    </message>
    <message>
        <source>teeth close</source>
        <translation>Zähne zusammen</translation>
    </message>
    <message>
        <source>teeth close, lips forward</source>
        <translation>Zähne zusammen, Lippen vor</translation>
    </message>
    <message>
        <source>tongue drawn back</source>
        <translation>Zunge zurückgezogen</translation>
    </message>
    <message>
        <source>open vowel</source>
        <translation>offener Vokal</translation>
    </message>
    <message>
        <source>spread vowel</source>
        <translation>gespreizter Vokal</translation>
    </message>
    <message>
        <source>rounded vowel</source>
        <translation>gerundeter Vokal</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>“{}” is no phoneme: type IPA such as ɑ or tʃ, or ARPAbet such as AA</source>
        <translation>„{}“ ist kein Phonem: IPA wie ɑ oder tʃ eingeben oder ARPAbet wie AA</translation>
    </message>
    <message>
        <source>Phoneme</source>
        <translation>Phonem</translation>
    </message>
    <message>
        <source>“{}” is no number</source>
        <translation>„{}“ ist keine Zahl</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>How to play it, such as: warm, then doubtful</source>
        <translation>Wie zu spielen ist, auf Englisch, etwa: warm, then doubtful</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Marker&apos;s name</source>
        <translation>Name der Marke</translation>
    </message>
    <message>
        <source>Pin&apos;s name</source>
        <translation>Name des Pins</translation>
    </message>
    <message>
        <source>Layer&apos;s name</source>
        <translation>Name der Ebene</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, of the whole scene, no keys: it stands still. Double-click for keys&lt;br&gt;{1}</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;, der ganzen Szene, keine Schlüsselbilder: Sie steht still. Doppelklick setzt welche&lt;br&gt;{1}</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, of the whole scene&lt;br&gt;{1}</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;, der ganzen Szene&lt;br&gt;{1}</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Scroll the tracks</source>
        <translation>Spuren scrollen</translation>
    </message>
</context>
<context>
    <name>Tone</name>
    <message>
        <source>Filmic</source>
        <translation>Filmisch</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Punchy</source>
        <translation>Kräftig</translation>
    </message>
</context>
<context>
    <name>ToneRow</name>
    <message>
        <source>Tones of skin</source>
        <translation>Hauttöne</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Leave the tour (Esc)</source>
        <translation>Rundgang verlassen (Esc)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>The stop before (Left)</source>
        <translation>Die vorige Station (Links)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The next stop (Right)</source>
        <translation>Die nächste Station (Rechts)</translation>
    </message>
    <message>
        <source>{at} of {all}</source>
        <translation>{at} von {all}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>The viewport</source>
        <translation>Der Viewport</translation>
    </message>
    <message>
        <source>Ada performs here. Drag to turn around her, with the middle button to move, with the right one to come closer. Keys 1, 2 and 3 look from the front, half way and the side, C through the scene&apos;s camera again.</source>
        <translation>Hier spielt Ada. Ziehen kreist um sie, mit der mittleren Taste verschiebt es, mit der rechten kommt man näher. Die Tasten 1, 2 und 3 blicken von vorn, halb und von der Seite, C wieder durch die Kamera der Szene.</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Every line somebody speaks is here. Drop a recording, or type a text and a voice speaks it.</source>
        <translation>Hier stehen alle gesprochenen Zeilen. Eine Aufnahme hineinziehen oder einen Text tippen, den eine Stimme spricht.</translation>
    </message>
    <message>
        <source>Emotions</source>
        <translation>Emotionen</translation>
    </message>
    <message>
        <source>Pull a slider, or the point in the wheel: the emotion is keyed at the playhead. Double-click a slider to set it back.</source>
        <translation>An einem Regler oder am Punkt im Rad ziehen: Die Emotion bekommt ein Schlüsselbild am Abspielkopf. Doppelklick setzt einen Regler zurück.</translation>
    </message>
    <message>
        <source>The transport</source>
        <translation>Die Wiedergabe</translation>
    </message>
    <message>
        <source>Space plays and stops, J, K and L shuttle, Left and Right go by frames. Click the time to type another one.</source>
        <translation>Die Leertaste spielt und hält an, J, K und L spulen, Links und Rechts gehen bildweise. Ein Klick auf die Zeit lässt eine andere eintippen.</translation>
    </message>
    <message>
        <source>The timeline</source>
        <translation>Die Zeitleiste</translation>
    </message>
    <message>
        <source>Sound, words, phonemes and everything you key. The wheel zooms to the pointer, Shift and wheel pan, \ shows all of it. Drag a phoneme&apos;s edge to move it; double-click plays it.</source>
        <translation>Ton, Wörter, Phoneme und alles, was Sie animieren. Das Rad zoomt zum Zeiger, mit Umschalt verschiebt es, \ zeigt alles. Am Rand eines Phonems ziehen verschiebt ihn, Doppelklick spielt es ab.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>The keys of all tracks as curves with tangents, and as a dope sheet. F frames what is selected.</source>
        <translation>Die Schlüsselbilder aller Spuren als Kurven mit Tangenten und als Dopesheet. F zoomt auf die Auswahl.</translation>
    </message>
    <message>
        <source>Undo goes back as far as you like</source>
        <translation>Rückgängig reicht beliebig weit zurück</translation>
    </message>
    <message>
        <source>Every step is in the project&apos;s file as soon as it is made, also after closing it.</source>
        <translation>Jeder Schritt steht sofort in der Projektdatei, auch nach dem Schließen.</translation>
    </message>
    <message>
        <source>Everything by name</source>
        <translation>Alles beim Namen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P searches every command; Ctrl+Alt+K changes its keys. This tour is in the Help menu.</source>
        <translation>Strg+Umschalt+P durchsucht alle Befehle, Strg+Alt+K ändert ihre Tasten. Dieser Rundgang steht im Hilfe-Menü.</translation>
    </message>
</context>
<context>
    <name>TrackList</name>
    <message>
        <source>Tracks</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Emotions</source>
        <translation>Emotionen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Value at the playhead</source>
        <translation>Wert am Abspielkopf</translation>
    </message>
    <message>
        <source>Show or hide (V); with Alt show only this</source>
        <translation>Zeigen oder verbergen (V); mit Alt nur diese zeigen</translation>
    </message>
    <message>
        <source>Mute (M): it does not act</source>
        <translation>Stumm (M): Sie wirkt nicht</translation>
    </message>
    <message>
        <source>Solo (S): only what is soloed acts</source>
        <translation>Solo (S): Nur was auf Solo steht, wirkt</translation>
    </message>
    <message>
        <source>Lock (L): it cannot be changed</source>
        <translation>Sperren (L): Sie lässt sich nicht ändern</translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Change {name}</source>
        <translation>{name} ändern</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Frames of this playback that came too late to be shown; the sound is never held up for them</source>
        <translation>Bilder dieser Wiedergabe, die zu spät kamen, um gezeigt zu werden; der Ton wartet nie auf sie</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Position. Type a timecode, frames (36f), seconds (1.5s) or a step (+10), then Enter</source>
        <translation>Position. Timecode, Einzelbilder (36f), Sekunden (1.5s) oder einen Schritt (+10) eingeben, dann Eingabe</translation>
    </message>
    <message>
        <source>Unit of time</source>
        <translation>Zeiteinheit</translation>
    </message>
    <message>
        <source>Count in timecode, seconds or frames</source>
        <translation>In Timecode, Sekunden oder Einzelbildern zählen</translation>
    </message>
    <message>
        <source>TC</source>
        <translation>TC</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>fr</source>
        <translation>EB</translation>
    </message>
    <message>
        <source>No dropped frames</source>
        <translation>Keine ausgelassenen Bilder</translation>
    </message>
    <message>
        <source>1 dropped frame</source>
        <translation>1 ausgelassenes Bild</translation>
    </message>
    <message>
        <source>{count} dropped frames</source>
        <translation>{count} ausgelassene Bilder</translation>
    </message>
    <message>
        <source>● Recording {names}</source>
        <translation>● {names} wird aufgenommen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>No sound is heard: the picture follows the system&apos;s clock</source>
        <translation>Es ist kein Ton zu hören: Das Bild folgt der Systemuhr</translation>
    </message>
    <message>
        <source>What keeps the time</source>
        <translation>Was den Takt vorgibt</translation>
    </message>
</context>
<context>
    <name>TuningSection</name>
    <message>
        <source>Neutral, gain and range</source>
        <translation>Neutral, Verstärkung und Bereich</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>The channels of which region are shown below</source>
        <translation>Die Kanäle welches Bereichs unten gezeigt werden</translation>
    </message>
    <message>
        <source>Neutral from Here</source>
        <translation>Neutral von hier</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Take the tracker&apos;s own idea of a face at rest</source>
        <translation>Die eigene Vorstellung der Verfolgung von einem Gesicht in Ruhe nehmen</translation>
    </message>
    <message>
        <source>Ranges</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Show which captured values become 0 and 1</source>
        <translation>Zeigen, welche erfassten Werte 0 und 1 werden</translation>
    </message>
    <message>
        <source>Gain 1 and the whole range for every channel; neutral stays</source>
        <translation>Verstärkung 1 und der ganze Bereich für jeden Kanal; Neutral bleibt</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>The tracker&apos;s own face at rest is used.</source>
        <translation>Das eigene Ruhegesicht der Verfolgung wird benutzt.</translation>
    </message>
    <message>
        <source>A face of this performance is taken as the face at rest.</source>
        <translation>Ein Gesicht dieser Darbietung gilt als Gesicht in Ruhe.</translation>
    </message>
    <message>
        <source>The face in the picture at the playhead, or in the camera&apos;s, is the face at rest: captured motion begins there</source>
        <translation>Das Gesicht im Bild am Abspielkopf, oder in dem der Kamera, ist das Gesicht in Ruhe: Erfasste Bewegung beginnt dort</translation>
    </message>
</context>
<context>
    <name>TypedTime</name>
    <message>
        <source>type a timecode (00:01:12), frames (36f), seconds (1.5s), or a step (+10)</source>
        <translation>einen Timecode (00:01:12), Einzelbilder (36f), Sekunden (1.5s) oder einen Schritt (+10) eingeben</translation>
    </message>
    <message>
        <source>“{text}” is no time</source>
        <translation>„{text}“ ist keine Zeit</translation>
    </message>
</context>
<context>
    <name>Variations</name>
    <message>
        <source>Vary This One</source>
        <translation>Diese Person variieren</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How far the variations may go from the person as it is</source>
        <translation>Wie weit die Varianten von der Person abweichen dürfen</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Eight others like this one</source>
        <translation>Acht weitere, dieser ähnlich</translation>
    </message>
    <message>
        <source>Look like this; Undo goes back</source>
        <translation>So aussehen; Rückgängig führt zurück</translation>
    </message>
</context>
<context>
    <name>VideoSection</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>A video of a face; it may be dropped on the window, too</source>
        <translation>Ein Video eines Gesichts; es kann auch auf dem Fenster abgelegt werden</translation>
    </message>
    <message>
        <source>Get the Model</source>
        <translation>Modell holen</translation>
    </message>
    <message>
        <source>Get the model that finds faces over the network; `vivavoce doctor --fix` does the same</source>
        <translation>Das Modell, das Gesichter findet, über das Netzwerk holen; `vivavoce doctor --fix` tut dasselbe</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Progress of the capture</source>
        <translation>Fortschritt der Erfassung</translation>
    </message>
    <message>
        <source>Start of the video</source>
        <translation>Anfang des Videos</translation>
    </message>
    <message>
        <source>When its first picture is seen, seconds of the line; what was captured from it moves along</source>
        <translation>Wann sein erstes Bild zu sehen ist, in Sekunden der Zeile; was daraus erfasst wurde, wandert mit</translation>
    </message>
    <message>
        <source>Align by Sound</source>
        <translation>Am Ton ausrichten</translation>
    </message>
    <message>
        <source>Lay the video where its sound is heard on the line: another recording of the same sentence, too</source>
        <translation>Das Video dorthin legen, wo sein Ton auf der Zeile zu hören ist, auch bei einer anderen Aufnahme desselben Satzes</translation>
    </message>
    <message>
        <source>Starts at</source>
        <translation>Beginnt bei</translation>
    </message>
    <message>
        <source>Drop a video of a face on the window: it is shown beside the avatar, and its performance becomes curves on a layer.</source>
        <translation>Legen Sie ein Video eines Gesichts auf dem Fenster ab: Es erscheint neben der Figur, und seine Darbietung wird zu Kurven auf einer Ebene.</translation>
    </message>
    <message>
        <source>{name} is not there any more, it was {path}: the curves stay, the picture comes back with the file.</source>
        <translation>{name} ist nicht mehr da, es war {path}: Die Kurven bleiben, das Bild kommt mit der Datei zurück.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There is no video yet.</source>
        <translation>Es gibt noch kein Video.</translation>
    </message>
    <message>
        <source>Follow the face through the video and put its curves on a new layer</source>
        <translation>Dem Gesicht durch das Video folgen und seine Kurven auf eine neue Ebene legen</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Free view</source>
        <translation>Freie Ansicht</translation>
    </message>
    <message>
        <source>What is seen is what is exported; moving the view moves the camera.</source>
        <translation>Zu sehen ist, was exportiert wird; wer die Ansicht bewegt, bewegt die Kamera.</translation>
    </message>
    <message>
        <source>What is seen is what is exported; moving the view leaves the camera where it is.</source>
        <translation>Zu sehen ist, was exportiert wird; wer die Ansicht bewegt, lässt die Kamera, wo sie ist.</translation>
    </message>
    <message>
        <source>Only a look: the camera stays where it is. Click to look through it again (C).</source>
        <translation>Nur ein Blick: Die Kamera bleibt, wo sie ist. Ein Klick blickt wieder durch sie (C).</translation>
    </message>
    <message>
        <source>Click for a free view (C).</source>
        <translation>Ein Klick gibt die freie Ansicht (C).</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock the camera</source>
        <translation>Kamera sperren</translation>
    </message>
    <message>
        <source>Moving the view leaves the camera where it is, and becomes a free view (Alt+C)</source>
        <translation>Wer die Ansicht bewegt, lässt die Kamera, wo sie ist; es wird eine freie Ansicht (Alt+C)</translation>
    </message>
    <message>
        <source>Set shot from view</source>
        <translation>Kamera auf Ansicht setzen</translation>
    </message>
    <message>
        <source>Let the camera look from here (Shift+C)</source>
        <translation>Die Kamera von hier blicken lassen (Umschalt+C)</translation>
    </message>
</context>
<context>
    <name>Viewport</name>
    <message>
        <source>Viewport</source>
        <translation>Viewport</translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation>die Grafikkarte</translation>
    </message>
</context>
<context>
    <name>ViewportCommands</name>
    <message>
        <source>Kept as B. Go on, then flip between A and B with {key}</source>
        <translation>Als B gemerkt. Weiterarbeiten, dann mit {key} zwischen A und B wechseln</translation>
    </message>
    <message>
        <source>There is no B yet: keep the motion first ({key}), or choose a take to compare with</source>
        <translation>Es gibt noch kein B: zuerst die Bewegung merken ({key}) oder ein Take zum Vergleichen wählen</translation>
    </message>
    <message>
        <source>Move {handle}</source>
        <translation>{handle} bewegen</translation>
    </message>
</context>
<context>
    <name>Viseme</name>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>How far the jaw opens</source>
        <translation>Wie weit sich der Kiefer öffnet</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Rund</translation>
    </message>
    <message>
        <source>How far the lips purse, as for oo</source>
        <translation>Wie weit sich die Lippen spitzen, wie bei u</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Trichter</translation>
    </message>
    <message>
        <source>How far the lips turn out, as for sh</source>
        <translation>Wie weit sich die Lippen vorstülpen, wie bei sch</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Breit</translation>
    </message>
    <message>
        <source>How wide the mouth is, as for ee</source>
        <translation>Wie breit der Mund ist, wie bei i</translation>
    </message>
    <message>
        <source>Upper lip</source>
        <translation>Oberlippe</translation>
    </message>
    <message>
        <source>How far the upper lip rises</source>
        <translation>Wie weit sich die Oberlippe hebt</translation>
    </message>
    <message>
        <source>Lower lip</source>
        <translation>Unterlippe</translation>
    </message>
    <message>
        <source>How far the lower lip falls</source>
        <translation>Wie weit sich die Unterlippe senkt</translation>
    </message>
    <message>
        <source>Tuck</source>
        <translation>Einziehen</translation>
    </message>
    <message>
        <source>The lower lip to the upper teeth, as for f</source>
        <translation>Die Unterlippe an die oberen Zähne, wie bei f</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>Pressen</translation>
    </message>
    <message>
        <source>The lips against each other, as for p</source>
        <translation>Die Lippen aufeinander, wie bei p</translation>
    </message>
    <message>
        <source>Tip up</source>
        <translation>Spitze hoch</translation>
    </message>
    <message>
        <source>The tongue&apos;s tip up, as for t</source>
        <translation>Die Zungenspitze nach oben, wie bei t</translation>
    </message>
    <message>
        <source>Tip forward</source>
        <translation>Spitze vor</translation>
    </message>
    <message>
        <source>The tongue&apos;s tip between the teeth, as for th</source>
        <translation>Die Zungenspitze zwischen die Zähne, wie beim englischen th</translation>
    </message>
    <message>
        <source>Body up</source>
        <translation>Rücken hoch</translation>
    </message>
    <message>
        <source>The tongue&apos;s body up, as for ee and k</source>
        <translation>Der Zungenrücken nach oben, wie bei i und k</translation>
    </message>
    <message>
        <source>Body back</source>
        <translation>Rücken zurück</translation>
    </message>
    <message>
        <source>The tongue&apos;s body back, as for ah</source>
        <translation>Der Zungenrücken nach hinten, wie bei a</translation>
    </message>
</context>
<context>
    <name>VisemesPanel</name>
    <message>
        <source>Phonemes</source>
        <translation>Phoneme</translation>
    </message>
    <message>
        <source>Of this line</source>
        <translation>Dieser Zeile</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Which phonemes</source>
        <translation>Welche Phoneme</translation>
    </message>
    <message>
        <source>Only phonemes of this line, or all there are</source>
        <translation>Nur Phoneme dieser Zeile oder alle</translation>
    </message>
    <message>
        <source>Phonemes of the line; one in colour was changed for this character</source>
        <translation>Phoneme der Zeile; ein farbiges wurde für diese Figur geändert</translation>
    </message>
    <message>
        <source>Viseme</source>
        <translation>Visem</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Show the phoneme&apos;s mouth in the viewport while it is edited</source>
        <translation>Den Mund des Phonems im Viewport zeigen, während er bearbeitet wird</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to what the table says</source>
        <translation>Zurück zu den Werten der Tabelle</translation>
    </message>
    <message>
        <source>{what}; the mark is what the table says, a double click goes back to it</source>
        <translation>{what}; die Marke zeigt den Wert der Tabelle, ein Doppelklick kehrt zu ihm zurück</translation>
    </message>
    <message>
        <source>Selected in the Timeline</source>
        <translation>In der Zeitleiste gewählt</translation>
    </message>
    <message>
        <source>How strongly the selected phonemes are said: 0 not at all, 1 as usual, 2 twice</source>
        <translation>Wie stark die gewählten Phoneme gesprochen werden: 0 gar nicht, 1 wie üblich, 2 doppelt</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Changed for this character</source>
        <translation>Für diese Figur geändert</translation>
    </message>
    <message>
        <source>The line has no phonemes yet.</source>
        <translation>Die Zeile hat noch keine Phoneme.</translation>
    </message>
    <message>
        <source>{label} of {who}</source>
        <translation>{label} von {who}</translation>
    </message>
    <message>
        <source>Select phonemes in the timeline.</source>
        <translation>In der Zeitleiste Phoneme wählen.</translation>
    </message>
    <message>
        <source>The phonemes are locked in the timeline.</source>
        <translation>Die Phoneme sind in der Zeitleiste gesperrt.</translation>
    </message>
    <message>
        <source>No phonemes are selected.</source>
        <translation>Keine Phoneme gewählt.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Give Ada something to say</source>
        <translation>Geben Sie Ada etwas zu sagen</translation>
    </message>
    <message>
        <source>Drop a recording or a video of a face here, or type a line and have it spoken.</source>
        <translation>Eine Aufnahme oder das Video eines Gesichts hierher ziehen, oder eine Zeile tippen und sprechen lassen.</translation>
    </message>
    <message>
        <source>Open Sound…</source>
        <translation>Ton öffnen …</translation>
    </message>
    <message>
        <source>A recording, or the sound of a film (Ctrl+Shift+O)</source>
        <translation>Eine Aufnahme oder der Ton eines Films (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <source>Type a Line</source>
        <translation>Zeile tippen</translation>
    </message>
    <message>
        <source>A text for a voice to speak (Ctrl+T)</source>
        <translation>Ein Text, den eine Stimme spricht (Strg+T)</translation>
    </message>
    <message>
        <source>Try the Sample</source>
        <translation>Beispiel ansehen</translation>
    </message>
    <message>
        <source>A line that comes with the studio, performed already, and a tour</source>
        <translation>Eine mitgelieferte Zeile, schon ausgespielt, und ein Rundgang</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>aligning the transcript</source>
        <translation>Transkript wird ausgerichtet</translation>
    </message>
    <message>
        <source>collected</source>
        <translation>eingesammelt</translation>
    </message>
    <message>
        <source>counting</source>
        <translation>Es wird gezählt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>drawing the picture</source>
        <translation>Bild wird gezeichnet</translation>
    </message>
    <message>
        <source>finding the face&apos;s shape</source>
        <translation>Form des Gesichts wird gefunden</translation>
    </message>
    <message>
        <source>finding the transcript in the sound</source>
        <translation>Transkript wird im Ton gesucht</translation>
    </message>
    <message>
        <source>fitting the face</source>
        <translation>Gesicht wird angepasst</translation>
    </message>
    <message>
        <source>following the face back</source>
        <translation>Gesicht wird zurückverfolgt</translation>
    </message>
    <message>
        <source>hearing phonemes</source>
        <translation>Phoneme werden herausgehört</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>Es wird gehört</translation>
    </message>
    <message>
        <source>listening for emotion</source>
        <translation>Emotion wird herausgehört</translation>
    </message>
    <message>
        <source>listening for speech</source>
        <translation>Sprache wird gesucht</translation>
    </message>
    <message>
        <source>looking for a face</source>
        <translation>Gesicht wird gesucht</translation>
    </message>
    <message>
        <source>measuring pitch and loudness</source>
        <translation>Tonhöhe und Lautstärke werden gemessen</translation>
    </message>
    <message>
        <source>performing</source>
        <translation>Darbietung wird berechnet</translation>
    </message>
    <message>
        <source>putting what was made into the project</source>
        <translation>Ergebnis wird ins Projekt gelegt</translation>
    </message>
    <message>
        <source>reading the sound</source>
        <translation>Ton wird gelesen</translation>
    </message>
    <message>
        <source>reading the video</source>
        <translation>Video wird gelesen</translation>
    </message>
    <message>
        <source>recognising speech</source>
        <translation>Sprache wird erkannt</translation>
    </message>
    <message>
        <source>recording: act now</source>
        <translation>Aufnahme läuft: Spielen Sie jetzt</translation>
    </message>
    <message>
        <source>shaping the mouth</source>
        <translation>Mund wird geformt</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>Stimme spricht</translation>
    </message>
    <message>
        <source>thinning to keys</source>
        <translation>Auf Schlüsselbilder wird ausgedünnt</translation>
    </message>
    <message>
        <source>tracking the face</source>
        <translation>Gesicht wird verfolgt</translation>
    </message>
    <message>
        <source>writing motion</source>
        <translation>Bewegung wird geschrieben</translation>
    </message>
    <message>
        <source>writing pictures</source>
        <translation>Bilder werden geschrieben</translation>
    </message>
    <message>
        <source>writing sound</source>
        <translation>Ton wird geschrieben</translation>
    </message>
    <message>
        <source>writing the film</source>
        <translation>Film wird geschrieben</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Captured takes</source>
        <translation>Erfasste Aufnahmen</translation>
    </message>
    <message>
        <source>Enter switches the take, F2 renames it, Delete deletes it</source>
        <translation>Eingabe wechselt die Aufnahme, F2 benennt sie um, Entf löscht sie</translation>
    </message>
</context>
</TS>
