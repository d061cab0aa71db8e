using Farm.Server.CommandLine.Service;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary>Fakes of system programs, which record their calls and exit as the test says.</summary>
internal sealed class FakeSystem : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public FakeSystem()
    {
        Directory.CreateDirectory(_directory["bin"]);
        Directory.CreateDirectory(Units);
    }

    /// <summary>The directory for units.</summary>
    public string Units => _directory["units"];

    /// <summary>Finds the fake programs.</summary>
    public SystemPrograms Programs => new(_directory["bin"]);

    /// <summary>All calls: the program and its arguments, separated by bars.</summary>
    public string[] Calls => File.Exists(_directory["calls"]) ? File.ReadAllLines(_directory["calls"]) : [];

    /// <summary>A directory that does not exist yet.</summary>
    public string Data => _directory["data"];

    /// <summary>Adds a program. It exits as given for its first argument, or else succeeds.</summary>
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
