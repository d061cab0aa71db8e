namespace Farm.Server.Contracts.Shared;

/// <summary>Reads the <c>Contract.md</c> of a protocol's folder, which is embedded as <c>docs/contracts/FOLDER/Contract.md</c>.</summary>
internal static class ModuleDocument
{
    /// <summary>The name of the resource.</summary>
    /// <param name="module">The module's type; its namespace ends with the folder's name.</param>
    public static string ResourceName(Type module) => $"docs/contracts/{module.Namespace![(module.Namespace!.LastIndexOf('.') + 1)..]}/Contract.md";

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">The module brings none.</exception>
    public static string Read(Type module)
    {
        // Builds on Windows write the folder with a backslash.
        var name = Array.Find(
            module.Assembly.GetManifestResourceNames(), name => name.Replace('\\', '/') == ResourceName(module))
            ?? throw new InvalidOperationException($"{module.Name} has no document: embed Contract.md of its folder as {ResourceName(module)}");
        using var reader = new StreamReader(module.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
