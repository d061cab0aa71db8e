namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>The kind of a template node.</summary>
internal enum NodeKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Text,
    List,
    Map,
}

/// <summary>A node of a template, parsed from YAML or JSON.</summary>
/// <param name="Kind">The kind of the node.</param>
/// <param name="Line">The line on which the node starts, from 1.</param>
/// <param name="Text">The value as text, normalized for numbers and Booleans; empty for lists and maps.</param>
internal sealed record TemplateNode(NodeKind Kind, int Line, string Text = "")
{
    /// <summary>Maximum number of nodes in a template, counting each use of an alias.</summary>
    public const int MostNodes = 200_000;

    /// <summary>Maximum nesting depth; the specification needs less than 20.</summary>
    public const int DeepestNesting = 50;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The items of a list.</summary>
    public List<TemplateNode> Items { get; } = [];

    /// <summary>The properties of a map, in order; names are unique.</summary>
    public List<(string Name, int Line, TemplateNode Value)> Entries { get; } = [];

    /// <summary>Number of nodes, including this one and all descendants.</summary>
    public int Size { get; private set; } = 1;

    /// <summary>A description of the node for error messages.</summary>
    public string KindName => Kind switch
    {
        NodeKind.Null => "empty",
        NodeKind.Boolean => $"the truth value {Text}",
        NodeKind.Integer or NodeKind.Float => $"the number {Text}",
        NodeKind.Text => "a text",
        NodeKind.List => "a list",
        _ => "an object",
    };

    /// <summary>Adds an item or, with a name, a property.</summary>
    /// <exception cref="TemplateSyntaxException">The name already exists, or the template becomes too large.</exception>
    public void Add(TemplateNode child, string? name, int line)
    {
        Size += child.Size;
        if (Size > MostNodes) throw new TemplateSyntaxException(line, "the template is too large");
        if (name is null)
        {
            Items.Add(child);
            return;
        }

        if (!_names.Add(name)) throw new TemplateSyntaxException(line, $"\"{name}\" is there twice");
        Entries.Add((name, line, child));
    }
}
