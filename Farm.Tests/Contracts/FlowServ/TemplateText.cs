namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Short templates.</summary>
internal static class TemplateText
{
    /// <summary>One step that leaves nothing.</summary>
    public const string OneStep = "workflow: {steps: [{name: a, action: {environment: x, commands: [echo hi]}}]}";

    /// <summary>One command, which may refer to what the parameters are by their names.</summary>
    public static string With(string parameters, string command)
    {
        var names = System.Text.RegularExpressions.Regex.Matches(parameters, @"^- \{name: ([a-z]+), dtype").Select(match => match.Groups[1].Value).Distinct();
        var variables = string.Join("\n", names.Select(name => $"    {name}: \"$[[{name}]]\""));
        return $"workflow:\n  parameters:\n{variables}\n  steps:\n  - name: a\n    action: {{environment: x, commands: ['{command}']}}\nparameters:\n{parameters}";
    }
}
