# Signs programs and libraries. Without the secrets it says so and ends well: unsigned builds are
# for tests. SIGN_PFX is the certificate in base64, SIGN_PASSWORD its password.
param([Parameter(Mandatory)][string]$Path)
$ErrorActionPreference = 'Stop'
if (-not $env:SIGN_PFX) { Write-Host "No certificate: $Path stays unsigned."; exit 0 }
$certificate = Join-Path ([IO.Path]::GetTempPath()) 'likeness.pfx'
[IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:SIGN_PFX))
try {
    $tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
        Sort-Object FullName | Select-Object -Last 1
    $files = if (Test-Path $Path -PathType Container) {
        # What others signed keeps its signature; Smart App Control looks at libraries as well.
        Get-ChildItem $Path -Recurse -Include *.exe, *.dll, *.pyd |
            Where-Object { (Get-AuthenticodeSignature $_).Status -ne 'Valid' }
    } else { Get-Item $Path }
    foreach ($file in $files) {
        & $tool.FullName sign /f $certificate /p $env:SIGN_PASSWORD /fd sha256 `
            /tr http://timestamp.digicert.com /td sha256 $file.FullName
        if ($LASTEXITCODE -ne 0) { throw "Signing failed: $file" }
    }
} finally {
    Remove-Item $certificate
}
