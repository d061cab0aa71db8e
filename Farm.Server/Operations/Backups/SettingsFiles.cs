using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Backups;

/// <summary>The settings of a farm as files: what a new machine needs, besides the database, to be the same farm.</summary>
/// <param name="directory">The data directory.</param>
/// <param name="settingsPath">The settings file, which may be elsewhere and need not exist.</param>
internal sealed class SettingsFiles(DataDirectory directory, string settingsPath)
{
    private const string SettingsName = "farm.yaml";
    private const string Templates = "templates";

    private (string Name, string Path)[] Secrets =>
    [
        (Path.GetFileName(directory.Marker), directory.Marker),
        (Path.GetFileName(directory.SessionKey), directory.SessionKey),
        (Path.GetFileName(directory.AdministratorToken), directory.AdministratorToken),
        (Path.GetFileName(directory.Certificate), directory.Certificate),
        (Path.GetFileName(directory.SecretsKey), directory.SecretsKey),
    ];

    /// <summary>Copies them to a backup. Files that are there already stay.</summary>
    /// <param name="backup">The folder of the backup.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public void CopyTo(string backup)
    {
        var folder = Path.Combine(backup, BackupFolder.Settings);
        PrivateDirectory.Create(folder);
        foreach (var (name, path) in Secrets.Append((SettingsName, settingsPath)).Concat(Below(directory.Templates)))
        {
            var copy = Path.Combine(folder, name);
            if (!File.Exists(copy)) Copy(path, copy);
        }
    }

    /// <summary>Replaces them with those of a backup. Templates that it does not have are removed, and so is the settings file; secrets stay.</summary>
    /// <param name="backup">The folder of the backup.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public void Replace(string backup)
    {
        var folder = Path.Combine(backup, BackupFolder.Settings);
        // First the one that may be elsewhere, and not the account's to write.
        var settings = Path.Combine(folder, SettingsName);
        if (File.Exists(settings)) Copy(settings, settingsPath);
        else if (File.Exists(settingsPath)) File.Delete(settingsPath);
        foreach (var (name, path) in Secrets) Copy(Path.Combine(folder, name), path);
        var templates = Below(Path.Combine(folder, Templates)).ToList();
        foreach (var (name, path) in templates) Copy(path, Path.Combine(directory.Files, name));
        foreach (var (_, path) in Below(directory.Templates).Where(present => templates.All(template => template.Name != present.Name)).ToList()) File.Delete(path);
    }

    private static IEnumerable<(string Name, string Path)> Below(string templates) => !Directory.Exists(templates)
        ? []
        : Directory.EnumerateFiles(templates, "*", SearchOption.AllDirectories)
            .Select(path => (Path.Combine(Templates, Path.GetRelativePath(templates, path)), path));

    /// <summary>Copies a file that exists, unless the copy is the same already.</summary>
    private static void Copy(string from, string to)
    {
        if (!File.Exists(from)) return;
        var content = File.ReadAllBytes(from);
        if (File.Exists(to) && File.ReadAllBytes(to).AsSpan().SequenceEqual(content)) return;
        DurableDirectory.Create(Path.GetDirectoryName(to)!);
        PrivateFile.Write(to, content);
    }
}
