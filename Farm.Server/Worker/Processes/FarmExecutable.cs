namespace Farm.Server.Worker.Processes;

/// <summary>The farm executable, for commands whose `exe` is `{farm}`.</summary>
internal static class FarmExecutable
{
    /// <summary>The text that stands for this executable.</summary>
    public const string Placeholder = "{farm}";

    /// <summary>
    /// The program and its first arguments: none for a published file, otherwise the assembly for the dotnet host.
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
