using Farm.Server.CommandLine.Service;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary>Programs that stand for those of a system: they write down how they were called, and end as a test says.</summary>
internal sealed class FakeSystem : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public FakeSystem()
    {
        Directory.CreateDirectory(_directory["bin"]);
        Directory.CreateDirectory(Units);
    }

    /// <summary>Where units are.</summary>
    public string Units => _directory["units"];

    /// <summary>What finds the programs.</summary>
    public SystemPrograms Programs => new(_directory["bin"]);

    /// <summary>Every call, one a line: the program and its arguments, with bars between them.</summary>
    public string[] Calls => File.Exists(_directory["calls"]) ? File.ReadAllLines(_directory["calls"]) : [];

    /// <summary>A directory that is not there yet.</summary>
    public string Data => _directory["data"];

    /// <summary>Adds a program. Where its first argument is named, it ends as said there; else it succeeds.</summary>
    public FakeSystem With(string program, params (string Argument, int ExitCode, string Says)[] ends)
    {
        var cases = string.Concat(ends.Select(end => $"{end.Argument}) echo '{end.Says}'; exit {end.ExitCode};;\n"));
        var file = Path.Combine(_directory["bin"], program);
        File.WriteAllText(file, $"#!/bin/sh\n(printf '%s' '{program}'; printf '|%s' \"$@\"; echo) >> '{_directory["calls"]}'\ncase $1 in\n{cases}esac\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return this;
    }

    public void Dispose() => _directory.Dispose();
}
