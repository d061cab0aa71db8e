using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Yaml;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Writes settings as a YAML file.</summary>
internal static class SettingsWriter
{
    /// <summary>Replaces the file atomically. Of several at once, the last remains.</summary>
    /// <returns>The text of the file.</returns>
    /// <exception cref="IOException">Writing failed; the file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public static string Write(string path, JsonObject settings)
    {
        var text = settings.Count > 0 ? YamlWriter.Write(settings) : "";
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // A settings file outside of the data directory stays readable for those who could read it.
            if (!OperatingSystem.IsWindows() && File.Exists(path)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return text;
    }
}
