namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>The ids of workflows and groups that people choose (Contracts/FlowServ/Contract.md section 1).</summary>
internal static class WorkflowKeys
{
    private const int Longest = 32;

    /// <summary>Whether an id can stand in a path as it is: 1 to 32 letters, digits and underscores.</summary>
    public static bool IsValid(string key) => key.Length is > 0 and <= Longest && key.All(IsAllowed);

    /// <summary>Ids made of a name, the plain one first and then numbered ones without end.</summary>
    public static IEnumerable<string> Of(string name)
    {
        var letters = string.Concat(name.ToLowerInvariant().Select(letter => IsAllowed(letter) ? letter : '_')).Trim('_');
        if (letters.Length == 0) letters = "workflow";
        yield return letters[..Math.Min(letters.Length, Longest)];
        for (var number = 1; ; number++)
        {
            var suffix = $"_{number}";
            yield return letters[..Math.Min(letters.Length, Longest - suffix.Length)] + suffix;
        }
    }

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
