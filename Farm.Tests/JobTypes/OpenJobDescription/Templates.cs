using System.Text.RegularExpressions;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Compiling;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Tests.JobTypes.OpenJobDescription;

/// <summary>Templates for tests, built around the piece under test.</summary>
internal static partial class Templates
{
    /// <summary>A minimal script.</summary>
    public const string Script = "script: {actions: {onRun: {command: run}}}";

    /// <summary>A complete template around a piece.</summary>
    /// <param name="place">The kind of piece.</param>
    /// <param name="piece">Single-line YAML; <c>§65</c> stands for 65 letters.</param>
    public static string Around(string place, string piece)
    {
        piece = LongPattern().Replace(piece, match => new string('a', int.Parse(match.Groups[1].Value)));
        return place switch
        {
            "root" => piece,
            "template" => Root($"name: T, steps: [{{name: S, {Script}}}], {piece}"),
            "name" => Root($"name: {piece}, parameterDefinitions: [{{name: P, type: STRING}}, {{name: F, type: PATH}}], steps: [{{name: S, {Script}}}]"),
            "parameter" => Root($"name: T, parameterDefinitions: [{piece}], steps: [{{name: S, {Script}}}]"),
            "steps" => Root($"name: T, steps: {piece}"),
            "step" => Root($"name: T, steps: [{{name: S, {Script}, {piece}}}]"),
            "environment" => Root($"name: T, parameterDefinitions: [{{name: P, type: PATH}}], jobEnvironments: [{piece}], steps: [{{name: S, {Script}}}]"),
            "script" => Root(
                $"name: T, parameterDefinitions: [{{name: P, type: PATH}}], steps: [{{name: S, parameterSpace: {{taskParameterDefinitions: [{{name: I, type: INT, range: '1-2'}}]}}, script: {piece}}}]"),
            "action" => Around("script", $"{{actions: {{onRun: {piece}}}, embeddedFiles: [{{name: E, type: TEXT, data: d}}]}}"),
            "file" => Around("script", $"{{actions: {{onRun: {{command: run}}}}, embeddedFiles: [{piece}]}}"),
            "space" => Root(
                $"name: T, parameterDefinitions: [{{name: N, type: INT}}, {{name: P, type: PATH}}], steps: [{{name: S, {Script}, parameterSpace: {piece}}}]"),
            "task" => Around("space", $"{{taskParameterDefinitions: [{piece}]}}"),
            "requirements" => Around("step", $"hostRequirements: {piece}"),
            "amount" => Around("requirements", $"{{amounts: [{piece}]}}"),
            "attribute" => Around("requirements", $"{{attributes: [{piece}]}}"),
            _ => throw new ArgumentException($"no such place: {place}"),
        };
    }

    /// <summary>A template as a job type; it must have no problems.</summary>
    public static TemplateJobType Type(string text, string name = "type", bool isJson = false)
    {
        var reading = TemplateReader.Read(text, isJson);
        Assert.Empty(reading.Problems);
        return new TemplateJobType(name, text, isJson, reading.Template!);
    }

    /// <summary>Compiles a template to a job.</summary>
    public static JobDraft Compile(string text, string settings = "{}", params BoundVariable[] rules) => Type(text).Compile(Submission(settings, rules));

    /// <summary>The error when compiling a template.</summary>
    public static string Error(string text, string settings = "{}") =>
        Assert.Throws<JobCompilationException>(() => Compile(text, settings)).Message;

    /// <summary>A submission to the type "type" without its own name.</summary>
    public static JobSubmission Submission(string settings, params BoundVariable[] rules) =>
        Submissions.Of("type", settings) with { Name = "type", Submitted = JobSettings.Parse(settings), PathRules = rules };

    private static string Root(string properties) => $"{{specificationVersion: jobtemplate-2023-09, {properties}}}";

    [GeneratedRegex("§([0-9]+)")]
    private static partial Regex LongPattern();
}
