using System.Text.RegularExpressions;
using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>
/// Reads host requirements (section 3.3). Farm supports two attributes, <c>farm:attr.worker_tag</c> (a worker tag) and
/// <c>farm:attr.task_type</c> (a supported task type), and amounts that every worker has. Other requirements are rejected by name.
/// </summary>
internal static partial class HostRequirementReader
{
    /// <summary>The attribute for a worker tag.</summary>
    public const string TagAttribute = "farm:attr.worker_tag";

    /// <summary>The attribute for a task type.</summary>
    public const string TypeAttribute = "farm:attr.task_type";

    private const int MostRequirements = 50;
    private const int MostValues = 50;
    private const int MostCharacters = 100;

    private static readonly string[] Reserved = ["worker", "job", "step", "task"];

    /// <summary>The amounts in the specification, with the quantity that every host has.</summary>
    private static readonly Dictionary<string, string> KnownAmounts = new()
    {
        ["amount.worker.vcpu"] = "1",
        ["amount.worker.memory"] = "0",
        ["amount.worker.gpu"] = "0",
        ["amount.worker.gpu.memory"] = "0",
        ["amount.worker.disk.scratch"] = "0",
    };

    private static readonly Dictionary<string, string[]> KnownAttributes = new()
    {
        ["attr.worker.os.family"] = ["linux", "windows", "macos"],
        ["attr.worker.cpu.arch"] = ["x86_64", "arm64"],
    };

    /// <summary>Reads the requirements of a step.</summary>
    public static HostRequirements Read(ObjectReader reader, Symbols job)
    {
        if (!reader.Has("amounts") && !reader.Has("attributes")) reader.Refuse(null, "must have amounts, attributes or both");
        var amounts = reader.List("amounts");
        var attributes = reader.List("attributes");
        if (amounts.Count + attributes.Count > MostRequirements)
            reader.Refuse(null, $"has {amounts.Count + attributes.Count} requirements; the most are {MostRequirements}");
        foreach (var item in amounts) ReadAmount(reader.ObjectOf(item));
        var requirements = HostRequirements.None;
        foreach (var item in attributes) requirements = ReadAttribute(reader.ObjectOf(item), job, requirements);
        reader.RefuseOthers("host requirements");
        return requirements;
    }

    private static void ReadAmount(ObjectReader reader)
    {
        var name = reader.Text("name", text => CheckName(text, "amount", KnownAmounts.Keys), isRequired: true)?.ToLowerInvariant();
        var min = Number(reader, "min", isZeroAllowed: true);
        var max = Number(reader, "max", isZeroAllowed: false);
        if (!reader.Has("min") && !reader.Has("max")) reader.Refuse(null, "must have min, max or both");
        if (min is not null && max is not null && Numbers.Compare(min, max) > 0) reader.Refuse("min", $"is greater than max, {max}");
        reader.RefuseOthers("an amount");
        if (name is null || min is null || Numbers.Compare(min, KnownAmounts.GetValueOrDefault(name, "0")) <= 0) return;
        reader.Refuse("min", $"this farm does not know how much of {name} its workers have; give those that have enough a tag, and require it by the attribute {TagAttribute}");
    }

    private static string? Number(ObjectReader reader, string name, bool isZeroAllowed)
    {
        if (reader.Find(name) is not { } node) return null;
        var plain = node.Kind is NodeKind.Integer or NodeKind.Float ? Numbers.Float(node.Text) : null;
        if (plain is not null && Numbers.Compare(plain, "0") is var sign && (isZeroAllowed ? sign >= 0 : sign > 0)) return plain;
        reader.Refuse(name, $"must be a number {(isZeroAllowed ? "that is not negative" : "greater than 0")}, but is {node.KindName}");
        return null;
    }

    private static HostRequirements ReadAttribute(ObjectReader reader, Symbols job, HostRequirements before)
    {
        var name = reader.Text("name", text => CheckName(text, "attr", KnownAttributes.Keys), isRequired: true)?.ToLowerInvariant();
        var known = name is null ? null : KnownAttributes.GetValueOrDefault(name);
        List<FormatString> values = [.. Values(reader, "anyOf", known, job), .. Values(reader, "allOf", known, job)];
        if (!reader.Has("anyOf") && !reader.Has("allOf")) reader.Refuse(null, "must have anyOf, allOf or both");
        reader.RefuseOthers("an attribute");
        if (name is null) return before;
        if (name is not (TagAttribute or TypeAttribute))
        {
            reader.Refuse("name", $"this farm does not know {name} of its workers; give those that have it a tag, and require it by the attribute {TagAttribute}");
            return before;
        }

        if (values.Count > 1 || (name == TagAttribute ? before.WorkerTag : before.TaskType) is not null)
            reader.Refuse("name", $"a step can require only one value of {name}");
        if (values is not [var value, ..]) return before;
        return name == TagAttribute ? before with { WorkerTag = value } : before with { TaskType = value };
    }

    private static IEnumerable<FormatString> Values(ObjectReader reader, string property, string[]? known, Symbols job)
    {
        foreach (var (node, path) in reader.List(property, 1, MostValues))
        {
            if (reader.FormatOf(node, path, job, text => TextRules.Between(text, 1, int.MaxValue)) is not { } value) continue;
            var problem = !value.IsLiteral ? null
                : CheckValue(value.Text) ?? (known is not null && !known.Contains(value.Text, StringComparer.OrdinalIgnoreCase)
                    ? $"must be {ObjectReader.Choice(known)}, but is \"{value.Text}\""
                    : null);
            if (problem is not null) reader.Refuse(node.Line, path, problem);
            yield return value;
        }
    }

    /// <summary>Checks the resolved value of an attribute (section 3.3.2.2); returns the problem or null.</summary>
    public static string? CheckValue(string value) =>
        TextRules.Between(value, 1, MostCharacters) ?? (ValuePattern().IsMatch(value)
            ? null
            : "must have only Latin letters, digits, underscores and hyphens, and begin with a letter or an underscore");

    private static string? CheckName(string text, string kind, ICollection<string> known)
    {
        if (TextRules.Between(text, 1, MostCharacters) is { } problem) return problem;
        var match = NamePattern().Match(text);
        if (!match.Success || !match.Groups["kind"].Value.Equals(kind, StringComparison.OrdinalIgnoreCase))
            return $"must look like {kind}.something or vendor:{kind}.something";
        var isReserved = !match.Groups["vendor"].Success && Reserved.Contains(match.Groups["first"].Value, StringComparer.OrdinalIgnoreCase);
        return isReserved && !known.Contains(text.ToLowerInvariant())
            ? $"is not among the names that the specification reserves; it has {string.Join(", ", known)}"
            : null;
    }

    [GeneratedRegex(
        @"\A((?<vendor>[A-Za-z_][A-Za-z0-9_]{0,63}):)?(?<kind>amount|attr)\.(?<first>[A-Za-z_][A-Za-z0-9_]{0,63})(\.[A-Za-z_][A-Za-z0-9_]{0,63})*\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex ValuePattern();
}
