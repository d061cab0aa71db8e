using System.ComponentModel;
using System.Diagnostics;
using Farm.Server.Worker.Processes;

namespace Farm.Server.CommandLine.Service;

/// <summary>Runs programs of the system, without a shell.</summary>
/// <param name="path">The directories to search, like the variable PATH.</param>
internal sealed class SystemPrograms(string? path)
{
    /// <summary>Whether the program exists on this machine.</summary>
    public bool Has(string name) => ExecutableFinder.Find(name, null, path ?? "") is not null;

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and output, standard error last.</returns>
    /// <exception cref="CommandFailedException">The program cannot be run.</exception>
    public async Task<(int ExitCode, string Text)> RunAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var file = ExecutableFinder.Find(name, null, path ?? "") ?? throw new CommandFailedException($"{name} not found on this machine");
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, string.Join("\n", said.Select(text => text.Trim()).Where(text => text.Length > 0)));
        }
        catch (Win32Exception refused)
        {
            throw new CommandFailedException($"cannot run {file}: {refused.Message}", refused);
        }
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <exception cref="CommandFailedException">It cannot be run, or it failed; the message has its first line of output.</exception>
    public async Task RunOrThrowAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (code, text) = await RunAsync(name, arguments, cancellationToken);
        if (code == 0) return;
        var reason = text.Length == 0 ? $"exit code {code}" : text.Split('\n')[0].Trim();
        throw new CommandFailedException($"\"{name} {string.Join(' ', arguments)}\" failed: {reason}");
    }
}
