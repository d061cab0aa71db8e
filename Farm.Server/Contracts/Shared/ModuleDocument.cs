namespace Farm.Server.Contracts.Shared;

/// <summary>Reads the <c>Contract.md</c> of a protocol's folder, which is embedded as <c>docs/contracts/FOLDER/Contract.md</c>.</summary>
internal static class ModuleDocument
{
    /// <summary>The name of the resource.</summary>
    /// <param name="module">The module's type; its namespace ends with the folder's name.</param>
    public static string ResourceName(Type module) => $"docs/contracts/{module.Namespace![(module.Namespace!.LastIndexOf('.') + 1)..]}/Contract.md";

    /// <summary>Reads the document.</summary>
    /// <exception cref="InvalidOperationException">The module has none.</exception>
    public static string Read(Type module)
    {
        // Builds on Windows write the folder name with a backslash.
        var name = Array.Find(
            module.Assembly.GetManifestResourceNames(), name => name.Replace('\\', '/') == ResourceName(module))
            ?? throw new InvalidOperationException($"{module.Name} has no document; embed its Contract.md as {ResourceName(module)}");
        using var reader = new StreamReader(module.Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
