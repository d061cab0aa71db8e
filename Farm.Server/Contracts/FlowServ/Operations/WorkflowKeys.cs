namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Public ids of workflows and groups (Contracts/FlowServ/Contract.md section 1).</summary>
internal static class WorkflowKeys
{
    private const int MaxLength = 32;

    /// <summary>Whether an id is valid, so that URLs need no escaping: 1 to 32 letters, digits and underscores.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.All(IsAllowed);

    /// <summary>Candidate ids for a name: the plain one, then numbered ones without end.</summary>
    public static IEnumerable<string> Of(string name)
    {
        var letters = string.Concat(name.ToLowerInvariant().Select(letter => IsAllowed(letter) ? letter : '_')).Trim('_');
        if (letters.Length == 0) letters = "workflow";
        yield return letters[..Math.Min(letters.Length, MaxLength)];
        for (var number = 1; ; number++)
        {
            var suffix = $"_{number}";
            yield return letters[..Math.Min(letters.Length, MaxLength - suffix.Length)] + suffix;
        }
    }

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
