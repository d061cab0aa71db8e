namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>What a piece of a template is.</summary>
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

/// <summary>A piece of a template, read from YAML or JSON alike.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Text">Its text; numbers and truth values in a plain form; empty for lists and maps.</param>
internal sealed record TemplateNode(NodeKind Kind, int Line, string Text = "")
{
    /// <summary>The most pieces of one template, those behind repeated aliases included.</summary>
    public const int MostNodes = 200_000;

    /// <summary>How deep pieces may lie in one another; the specification needs less than 20.</summary>
    public const int DeepestNesting = 50;

    /// <summary>The items of a list.</summary>
    public List<TemplateNode> Items { get; } = [];

    /// <summary>The properties of a map, in order; no name twice.</summary>
    public List<(string Name, int Line, TemplateNode Value)> Entries { get; } = [];

    /// <summary>It and all that is in it.</summary>
    public int Size { get; private set; } = 1;

    /// <summary>What it is, for people.</summary>
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
    /// <exception cref="TemplateSyntaxException">The name is there already, or the template becomes too large.</exception>
    public void Add(TemplateNode child, string? name, int line)
    {
        Size += child.Size;
        if (Size > MostNodes) throw new TemplateSyntaxException(line, "the template is too large");
        if (name is null)
        {
            Items.Add(child);
            return;
        }

        if (Entries.Any(entry => entry.Name == name)) throw new TemplateSyntaxException(line, $"\"{name}\" is there twice");
        Entries.Add((name, line, child));
    }
}
