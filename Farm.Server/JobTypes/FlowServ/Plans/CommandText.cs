using System.Text;
using System.Text.RegularExpressions;
using Farm.Server.Domain;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>A part of a command: literal text, or a program whose path the worker fills in.</summary>
/// <param name="Text">Null for a program.</param>
/// <param name="Program"><c>python</c> or <c>java</c>; null for text.</param>
internal readonly record struct CommandPart(string? Text, string? Program);

/// <summary>Expands the placeholders in commands (Contracts/FlowServ/Contract.md section 6.3, 2).</summary>
internal static partial class CommandText
{
    /// <summary>The most characters of an expanded command, as many as systems pass to a program.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>Expands a command.</summary>
    /// <param name="command">The command, with <c>${name}</c>, <c>$name</c> and <c>$$</c>.</param>
    /// <param name="variables">Values by name; an unknown name expands to the name itself.</param>
    /// <returns>The parts in order, with leading and trailing whitespace removed.</returns>
    /// <exception cref="FarmException">The command contains a dollar sign that is not a valid placeholder, or the command becomes too long.</exception>
    public static IReadOnlyList<CommandPart> Expand(string command, IReadOnlyDictionary<string, string> variables)
    {
        var parts = new List<CommandPart>();
        var length = (long)command.Length;
        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Dollar().Matches(command))
        {
            text.Append(command, at, match.Index - at);
            at = match.Index + match.Length;
            if (match.Groups["invalid"].Success) throw FarmException.Invalid($"the command '{command}' has an invalid placeholder at character {match.Index + 1}");
            if (match.Groups["dollar"].Success) text.Append('$');
            else if (match.Groups["name"].Value is var name && name is "python" or "java") AddProgram(name);
            else text.Append(Counted(variables.GetValueOrDefault(name, name)));
        }

        text.Append(command, at, command.Length - at);
        AddText();
        return Trimmed(parts);

        // Checked before it is appended: a short command can name a long value many times.
        string Counted(string value)
        {
            if ((length += value.Length) > MaxLength)
                throw FarmException.Invalid($"the command '{Shown(command)}' would have more than {MaxLength} characters with its arguments; pass long values as a file");
            return value;
        }

        void AddProgram(string program)
        {
            AddText();
            parts.Add(new CommandPart(null, program));
        }

        void AddText()
        {
            if (text.Length > 0) parts.Add(new CommandPart(text.ToString(), null));
            text.Clear();
        }
    }

    private static string Shown(string command) => command.Length > 60 ? command[..60] + "…" : command;

    private static List<CommandPart> Trimmed(List<CommandPart> parts)
    {
        if (parts is [{ Text: { } first }, ..]) parts[0] = new CommandPart(first.TrimStart(), null);
        if (parts is [.., { Text: { } last }]) parts[^1] = new CommandPart(last.TrimEnd(), null);
        parts.RemoveAll(part => part.Text is "");
        return parts;
    }

    [GeneratedRegex(@"\$(?:(?<dollar>\$)|(?<name>[_a-zA-Z][_a-zA-Z0-9]*)|\{(?<name>[_a-zA-Z][_a-zA-Z0-9]*)\}|(?<invalid>))", RegexOptions.CultureInvariant)]
    private static partial Regex Dollar();
}
