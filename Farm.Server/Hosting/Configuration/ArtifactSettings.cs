using System.Text.Json.Nodes;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>The setting <c>artifacts: {max_file_bytes, max_job_bytes, max_job_files}</c>.</summary>
internal static class ArtifactSettings
{
    private const string FileBytes = "max_file_bytes";
    private const string JobBytes = "max_job_bytes";
    private const string JobFiles = "max_job_files";

    /// <summary>Reads the section; what is absent keeps its default.</summary>
    /// <exception cref="SettingException">A key is unknown, or its value cannot be used.</exception>
    public static ArtifactLimits Read(IConfigurationSection section)
    {
        SettingReader.CheckKeys(section, [FileBytes, JobBytes, JobFiles]);
        var read = new SettingReader(section);
        var defaults = new ArtifactLimits();
        return new ArtifactLimits(
            read.LargeCount(FileBytes, defaults.MaxFileBytes),
            read.LargeCount(JobBytes, defaults.MaxJobBytes),
            read.LargeCount(JobFiles, defaults.MaxJobFiles));
    }

    /// <summary>The section with every key.</summary>
    public static JsonObject Write(ArtifactLimits limits) =>
        new() { [FileBytes] = limits.MaxFileBytes, [JobBytes] = limits.MaxJobBytes, [JobFiles] = limits.MaxJobFiles };
}
