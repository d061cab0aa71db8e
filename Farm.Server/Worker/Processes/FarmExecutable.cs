namespace Farm.Server.Worker.Processes;

/// <summary>The program that is running now, for commands whose `exe` is `{farm}`: the farm executable does the work itself.</summary>
internal static class FarmExecutable
{
    /// <summary>The text that stands for this executable.</summary>
    public const string Placeholder = "{farm}";

    /// <summary>
    /// The program, and the arguments that come before all others: as a published file none, else the assembly for the dotnet host.
    /// </summary>
    public static (string Program, IReadOnlyList<string> Arguments) Resolve()
    {
        var name = typeof(FarmExecutable).Assembly.GetName().Name!;
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known");
        var assembly = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        if (Path.GetFileNameWithoutExtension(process) == name || !File.Exists(assembly)) return (process, []);
        var isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return (isHost ? process : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly]);
    }
}
