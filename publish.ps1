<#
.SYNOPSIS
Writes one self-contained file per platform: dist/<rid>/farm (farm.exe on Windows).

.DESCRIPTION
Publishes the farm as one file that needs no .NET on the machine it runs on.
Without a rid: linux-x64 and win-x64. Without a directory: dist.

  linux-x64    dist/linux-x64/farm
  win-x64      dist/win-x64/farm.exe
  linux-arm64  dist/linux-arm64/farm   (untried)
  osx-x64      dist/osx-x64/farm       (untried)
  osx-arm64    dist/osx-arm64/farm     (untried)

.PARAMETER Rid
The platforms to publish for.

.PARAMETER Output
The directory that the files go to, each below the name of its platform.

.EXAMPLE
./publish.ps1 win-x64
#>
param(
    [Parameter(ValueFromRemainingArguments)]
    [ValidateSet('linux-x64', 'win-x64', 'linux-arm64', 'osx-x64', 'osx-arm64')]
    [string[]] $Rid = @('linux-x64', 'win-x64'),
    [string] $Output = (Join-Path $PSScriptRoot 'dist')
)

$ErrorActionPreference = 'Stop'
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
Push-Location $PSScriptRoot
try {
    foreach ($platform in $Rid) {
        $out = Join-Path $Output $platform
        if (Test-Path $out) { Remove-Item -Recurse -Force $out }
        dotnet publish Farm.Server -c Release -r $platform -o $out --nologo -v quiet
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
        $files = @(Get-ChildItem -Force $out)
        if ($files.Count -ne 1) { throw "$out should hold one file but holds: $($files.Name -join ', ')" }
        $files | Select-Object FullName, Length
    }
}
finally {
    Pop-Location
}
