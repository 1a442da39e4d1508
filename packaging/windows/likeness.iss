; Installer for one user, without administrator rights (drag and drop works, no prompt appears).
; iscc /DVersion=1.2.3 packaging\windows\likeness.iss   after packaging\build.py has frozen the program
#ifndef Version
  #error Give the version: iscc /DVersion=1.2.3
#endif
#define Name "Likeness"
#define Window "likeness-window.exe"

[Setup]
; The identity of the program for upgrades; it never changes.
AppId={{7C1E3B5A-52B4-4C0E-9D57-6A0F8A0C41D2}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=The Likeness developers
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=likeness-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\build\likeness.ico
UninstallDisplayIcon={app}\{#Window}
LicenseFile=..\..\build\notices\licence.txt
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
; An open window is asked to close: no restart for files in use.
CloseApplications=yes
RestartApplications=no
#ifdef Sign
SignTool={#Sign}
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.Desktop=Put an icon on the desktop
de.Desktop=Symbol auf dem Desktop anlegen
en.Forget=Delete your settings, the names you gave to people, and imported models too? Your photographs are not touched.
de.Forget=Auch Ihre Einstellungen, die Namen der Personen und importierte Modelle löschen? Ihre Fotos bleiben unberührt.

[Tasks]
Name: "desktopicon"; Description: "{cm:Desktop}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version beside those of this one would be mixed up.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\dist\likeness\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "..\..\CHANGELOG.md"; DestDir: "{app}"; DestName: "Changes.txt"

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
; "Open with" lists the program; what opens photographs by default stays as it is.
#define Key "Software\Classes\Applications\" + Window
Root: HKA; Subkey: "{#Key}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Key}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".bmp"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".heic"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".heif"; ValueData: ""
Root: HKA; Subkey: "{#Key}\SupportedTypes"; ValueType: string; ValueName: ".avif"; ValueData: ""
; The command line by its short name in "Run" and in shells that look there.
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\likeness.exe"; ValueType: string; ValueData: "{app}\likeness.exe"; Flags: uninsdeletekey

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Folder: String;
begin
  if Step <> usPostUninstall then
    Exit;
  { platformdirs keeps settings, session, logs, thumbnails, the index of albums and models in this one folder }
  Folder := ExpandConstant('{localappdata}\{#Name}');
  if not DirExists(Folder) then
    Exit;
  { a silent uninstall, as in an upgrade by a management tool, never deletes what is the user's }
  if SuppressibleMsgBox(CustomMessage('Forget'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2, IDNO) = IDYES then
    DelTree(Folder, True, True, True);
end;
