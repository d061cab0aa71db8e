using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>
/// Reads the properties of a template object. Each problem is recorded with its line and path, and reading continues, so that users see all
/// problems at once. Properties that were never read are rejected at the end.
/// </summary>
internal sealed class ObjectReader
{
    private static readonly TemplateNode Nothing = new(NodeKind.Map, 0);

    private readonly HashSet<string> _asked = [];
    private readonly TemplateNode _node;
    private readonly List<TemplateProblem> _problems;

    /// <summary>Wraps a node, which must be an object.</summary>
    public ObjectReader(TemplateNode node, string path, List<TemplateProblem> problems)
    {
        (Path, Line, _problems) = (path, node.Line, problems);
        _node = node.Kind == NodeKind.Map ? node : Nothing;
        if (node.Kind != NodeKind.Map) problems.Add(new(node.Line, path, $"must be an object, but is {node.KindName}"));
    }

    /// <summary>The path of the object in the template.</summary>
    public string Path { get; }

    /// <summary>The line on which the object starts, from 1.</summary>
    public int Line { get; }

    /// <summary>Whether a property exists. Marks it as known.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Records a problem of a property or, without a name, of the object.</summary>
    public void Refuse(string? name, string reason) => Refuse(name is null ? Line : LineOf(name), name is null ? Path : At(name), reason);

    /// <summary>Records a problem at a line and path.</summary>
    public void Refuse(int line, string path, string reason) => _problems.Add(new(line, path, reason));

    /// <summary>Rejects all properties that were not read.</summary>
    public void RefuseOthers(string what)
    {
        foreach (var (name, line, _) in _node.Entries.Where(entry => !_asked.Contains(entry.Name)))
            Refuse(line, At(name), ForeignProperties.Reason(name) ?? $"is no property of {what}; there are {string.Join(", ", _asked)}");
    }

    /// <summary>Reads a string and checks it with a rule, which returns a problem or null.</summary>
    public string? Text(string name, Func<string, string?> rule, bool isRequired = false)
    {
        if (Find(name, isRequired) is not { } node) return null;
        if (TextOf(node, At(name)) is not { } text) return null;
        return Check(node, At(name), rule(text)) ? text : null;
    }

    /// <summary>Reads one of the given words.</summary>
    public string? Word(string name, IReadOnlyCollection<string> words, bool isRequired = false) =>
        Text(name, word => words.Contains(word) ? null : $"must be {Choice(words)}, but is \"{word}\"", isRequired);

    /// <summary>Reads an integer in a range; a string is not accepted.</summary>
    public long? Integer(string name, long least, long most = long.MaxValue)
    {
        if (Find(name) is not { } node) return null;
        if (node.Kind == NodeKind.Integer && long.TryParse(node.Text, out var number) && number >= least && number <= most) return number;
        var wanted = most == long.MaxValue ? least == long.MinValue ? "a whole number" : $"a whole number of at least {least}" : $"a whole number from {least} to {most}";
        Refuse(node.Line, At(name), $"must be {wanted}, but is {node.KindName}");
        return null;
    }

    /// <summary>Reads a Boolean; null if it is absent.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } node) return null;
        if (node.Kind == NodeKind.Boolean) return node.Text == "true";
        Refuse(node.Line, At(name), $"must be true or false, but is {node.KindName}");
        return null;
    }

    /// <summary>Reads a format string; checks it with a rule and its references against the symbols.</summary>
    public FormatString? Format(string name, Symbols symbols, Func<string, string?> rule, bool isRequired = false) =>
        Find(name, isRequired) is { } node ? FormatOf(node, At(name), symbols, rule) : null;

    /// <summary>Like <see cref="Format"/>, for a list item.</summary>
    public FormatString? FormatOf(TemplateNode node, string path, Symbols symbols, Func<string, string?> rule)
    {
        if (TextOf(node, path) is not { } text || !Check(node, path, rule(text))) return null;
        try
        {
            var format = FormatString.Parse(text);
            foreach (var reference in format.References.Distinct()) Check(node, path, symbols.Check(reference));
            return format;
        }
        catch (FormatException broken)
        {
            Refuse(node.Line, path, broken.Message);
            return null;
        }
    }

    /// <summary>The string in a node; records a problem if it is not a string.</summary>
    public string? TextOf(TemplateNode node, string path)
    {
        if (node.Kind == NodeKind.Text) return node.Text;
        var hint = node.Kind is NodeKind.Integer or NodeKind.Float or NodeKind.Boolean ? "; put it in quotes" : "";
        Refuse(node.Line, path, $"must be a text, but is {node.KindName}{hint}");
        return null;
    }

    /// <summary>The items of a list with their paths; empty if it is absent.</summary>
    public IReadOnlyList<(TemplateNode Node, string Path)> List(string name, int least = 0, int most = int.MaxValue, bool isRequired = false)
    {
        if (Find(name, isRequired) is not { } node) return [];
        if (node.Kind != NodeKind.List)
        {
            Refuse(node.Line, At(name), $"must be a list, but is {node.KindName}");
            return [];
        }

        if (node.Items.Count < least) Refuse(node.Line, At(name), least == 1 ? "must have at least one item" : $"must have at least {least} items");
        if (node.Items.Count > most) Refuse(node.Line, At(name), $"has {node.Items.Count} items; the most is {most}");
        return [.. node.Items.Take(most).Select((item, index) => (item, $"{At(name)}[{index}]"))];
    }

    /// <summary>The object in a property; null if it is absent.</summary>
    public ObjectReader? Object(string name, bool isRequired = false) =>
        Find(name, isRequired) is { } node ? new ObjectReader(node, At(name), _problems) : null;

    /// <summary>The object in a list item.</summary>
    public ObjectReader ObjectOf((TemplateNode Node, string Path) item) => new(item.Node, item.Path, _problems);

    /// <summary>All properties, for an object with arbitrary names.</summary>
    public IReadOnlyList<(string Name, int Line, TemplateNode Value)> All() => _node.Entries;

    /// <summary>The value of a property; null if it is absent.</summary>
    public TemplateNode? Find(string name, bool isRequired = false)
    {
        _asked.Add(name);
        var found = _node.Entries.FirstOrDefault(entry => entry.Name == name).Value;
        if (found is null && isRequired && !ReferenceEquals(_node, Nothing)) Refuse(Line, At(name), "is missing");
        return found;
    }

    /// <summary>The path of a property.</summary>
    public string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>The line of a property, or of the object if the property is absent.</summary>
    public int LineOf(string name) => _node.Entries.FirstOrDefault(entry => entry.Name == name) is { Value: not null } entry ? entry.Line : Line;

    /// <summary>Joins words with commas and "or".</summary>
    public static string Choice(IReadOnlyCollection<string> words) =>
        words.Count == 1 ? words.First() : $"{string.Join(", ", words.SkipLast(1))} or {words.Last()}";

    private bool Check(TemplateNode node, string path, string? problem)
    {
        if (problem is not null) Refuse(node.Line, path, problem);
        return problem is null;
    }
}
