using System.Text.RegularExpressions;
using Farm.Server.Domain;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>Expands the placeholders in commands (Contracts/FlowServ/Contract.md section 6.3, 2).</summary>
internal static partial class CommandText
{
    /// <summary>The most characters of an expanded command, as many as systems pass to a program.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>Expands a command.</summary>
    /// <param name="command">The command, with <c>${name}</c>, <c>$name</c> and <c>$$</c>.</param>
    /// <param name="variables">Values by name; an unknown name expands to the name itself.</param>
    /// <returns>The parts in order, with leading and trailing whitespace removed.</returns>
    /// <exception cref="FarmException">
    /// The command contains a dollar sign that is not a valid placeholder, a value at a place where it would be run, or the command becomes
    /// too long.
    /// </exception>
    public static IReadOnlyList<CommandPart> Expand(string command, IReadOnlyDictionary<string, CommandVariable> variables)
    {
        var parts = new CommandParts();
        var length = (long)command.Length;
        var at = 0;
        foreach (Match match in Dollar().Matches(command))
        {
            parts.AddText(command[at..match.Index]);
            at = match.Index + match.Length;
            if (match.Groups["invalid"].Success) throw FarmException.Invalid($"the command '{command}' has an invalid placeholder at character {match.Index + 1}");
            var name = match.Groups["name"].Value;
            if (match.Groups["dollar"].Success) parts.AddText("$");
            else if (name is "python" or "java") parts.AddProgram(name);
            else if (!variables.TryGetValue(name, out var variable)) parts.AddText(name);
            // Checked before it is added: a short command can name a long value many times.
            else if ((length += variable.Text.Length) > MaxLength) throw TooLong(command);
            else if (!variable.IsValue) parts.AddText(variable.Text);
            else if (parts.WhyNoValue(variable.Text) is { } wrong) throw NotAnArgument(command, name, wrong);
            else parts.AddValue(variable.Text);
        }

        parts.AddText(command[at..]);
        return parts.Trimmed();
    }

    /// <summary>Checks the places of values; a dollar sign that is not a placeholder is an error of the run.</summary>
    /// <exception cref="FarmException">A value stands at a place where it would be run.</exception>
    public static void Check(string command, IReadOnlyDictionary<string, CommandVariable> variables)
    {
        if (!Dollar().Matches(command).Any(match => match.Groups["invalid"].Success)) Expand(command, variables);
    }

    private static FarmException TooLong(string command) => FarmException.Invalid(
        $"the command '{(command.Length > 60 ? command[..60] + "…" : command)}' would have more than {MaxLength} characters with its arguments; pass long values as a file");

    private static FarmException NotAnArgument(string command, string name, string wrong) => FarmException.Invalid(
        $"the value of '{name}' {wrong} in the command '{command}'; if that is meant, name its parameter in 'farm_raw' of 'workflow'");

    [GeneratedRegex(@"\$(?:(?<dollar>\$)|(?<name>[_a-zA-Z][_a-zA-Z0-9]*)|\{(?<name>[_a-zA-Z][_a-zA-Z0-9]*)\}|(?<invalid>))", RegexOptions.CultureInvariant)]
    private static partial Regex Dollar();
}
