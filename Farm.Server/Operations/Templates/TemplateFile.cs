using System.Text;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.OpenJobDescription.Compiling;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.Operations.Templates;

/// <summary>A file that describes a job type.</summary>
/// <param name="FileName">The file name without the directory.</param>
/// <param name="Type">The job type; null if the file is broken.</param>
/// <param name="Problems">Why it is broken; empty if it is not.</param>
internal sealed record TemplateFile(string FileName, IJobType? Type, IReadOnlyList<TemplateProblem> Problems)
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Whether a file is a template, by its extension; not if it is hidden or an editor's backup.</summary>
    public static bool IsTemplate(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.');

    /// <summary>Reads a file. Problems are returned, not thrown.</summary>
    public static TemplateFile Read(string path)
    {
        var fileName = Path.GetFileName(path);
        var name = Path.GetFileNameWithoutExtension(path);
        TemplateFile Broken(string reason) => new(fileName, null, [new TemplateProblem(1, "", reason)]);
        if (TypeNameProblem(name) is { } unusable) return Broken(unusable);
        string text;
        try
        {
            if (new FileInfo(path).Length > MaxBytes) return Broken($"the file has more than {MaxBytes} bytes");
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Broken("the file is not UTF-8");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Broken($"the file cannot be read: {unreadable.Message}");
        }

        var isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        var reading = TemplateReader.Read(text, isJson);
        return reading.Template is { } template
            ? new TemplateFile(fileName, new TemplateJobType(name, text, isJson, template), [])
            : new TemplateFile(fileName, null, reading.Problems);
    }

    /// <summary>Submissions, the command line and the URL of the form use the file name as the name of the type.</summary>
    private static string? TypeNameProblem(string name) => name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        ? "the file name is the name of the job type; it may have up to 100 ASCII letters, digits, hyphens, underscores and dots"
        : null;
}
