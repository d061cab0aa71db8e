using System.Text.Json.Nodes;
using Farm.Server.JobTypes.BuiltIn;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Translates Deadline plugins to job types and their settings.</summary>
internal static class Plugins
{
    /// <summary>The job type that renders with Blender.</summary>
    public const string BlenderJobType = "simple-blender-render";

    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "PNG",
        [".jpg"] = "JPEG",
        [".jpeg"] = "JPEG",
        [".exr"] = "OPEN_EXR",
        [".tif"] = "TIFF",
        [".tiff"] = "TIFF",
        [".tga"] = "TARGA",
        [".bmp"] = "BMP",
        [".hdr"] = "HDR",
        [".webp"] = "WEBP",
    };

    /// <summary>The job type and its settings.</summary>
    /// <exception cref="DeadlineException">The plugin is not implemented (501), or a required key is missing (400).</exception>
    public static (string Type, JsonObject Settings) Translate(JobInfo job, JobInfo plugin)
    {
        var frames = DeadlineFrames.Translate(job["Frames"] is { Length: > 0 } given ? given : "0");
        var chunk = job.Integer("ChunkSize", 1, 1, int.MaxValue);
        var (type, settings) = job["Plugin"].ToLowerInvariant() switch
        {
            "blender" => (BlenderJobType, Blender(job, plugin)),
            "commandline" => (CommandLineJob.Name, CommandLine(plugin)),
            "" => throw DeadlineException.Malformed("No Plugin provided."),
            _ => throw DeadlineException.NotImplemented($"The plugin {DeadlineException.Echo(job["Plugin"])} is not implemented; use Blender or CommandLine."),
        };
        settings["frames"] = frames;
        settings["chunk_size"] = chunk;
        return (type, settings);
    }

    private static JsonObject CommandLine(JobInfo plugin)
    {
        if (plugin.IsOn("ShellExecute")) throw DeadlineException.NotImplemented("ShellExecute is not implemented; set Executable to the shell.");
        if (plugin["StartupDirectory"].Length > 0) throw DeadlineException.NotImplemented("StartupDirectory is not implemented.");
        if (plugin["Executable"].Length == 0) throw DeadlineException.Malformed("The CommandLine plugin needs an Executable.");
        return new JsonObject { ["executable"] = plugin["Executable"], ["arguments"] = plugin["Arguments"] };
    }

    private static JsonObject Blender(JobInfo job, JobInfo plugin)
    {
        if (plugin["SceneFile"].Length == 0) throw DeadlineException.Malformed("The Blender plugin needs a SceneFile.");
        var output = plugin["OutputFile"];
        if (output.Length == 0 && job["OutputDirectory0"].Length > 0 && job["OutputFilename0"].Length > 0)
            output = job["OutputDirectory0"].TrimEnd('/', '\\') + "/" + job["OutputFilename0"];
        if (output.Length == 0)
            throw DeadlineException.Malformed("The Blender plugin needs an OutputFile, or OutputDirectory0 and OutputFilename0 of the job.");
        var extension = Path.GetExtension(output);
        var isKnown = Formats.TryGetValue(extension, out var format);
        return new JsonObject
        {
            ["blendfile"] = plugin["SceneFile"],
            // Blender adds the extension of the format by itself.
            ["render_output_path"] = isKnown ? output[..^extension.Length] : output,
            ["format"] = format ?? "PNG",
            ["fps"] = 0,
        };
    }
}
