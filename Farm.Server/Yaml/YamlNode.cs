namespace Farm.Server.Yaml;

/// <summary>A value of a YAML document. An alias is the same object as what it stands for.</summary>
internal abstract class YamlNode(int line)
{
    /// <summary>The line on which it starts, from 1.</summary>
    public int Line => line;

    /// <summary>How many levels lie below it.</summary>
    public int Height { get; protected init; }

    /// <summary>Number of values, including itself, counting each use of an alias.</summary>
    public int Values { get; protected init; } = 1;

    /// <summary>Number of characters in names and values, counting each use of an alias.</summary>
    public long Characters { get; protected init; }
}

/// <summary>A text, number, truth value or nothing; the reader's own rules decide which.</summary>
internal sealed class YamlScalar : YamlNode
{
    public YamlScalar(int line, string text, bool isPlain, string? tag)
        : base(line) => (Text, IsPlain, Tag, Characters) = (text, isPlain, tag, text.Length);

    /// <summary>The text without quotes and escapes.</summary>
    public string Text { get; }

    /// <summary>Whether it has neither quotes nor a tag, so that it may be something other than a text.</summary>
    public bool IsPlain { get; }

    /// <summary>The tag, such as <c>tag:yaml.org,2002:str</c>; null for none, and for <c>!</c>, which makes it a text.</summary>
    public string? Tag { get; }
}

/// <summary>A list.</summary>
internal sealed class YamlList : YamlNode
{
    public YamlList(int line, IReadOnlyList<YamlNode> items)
        : base(line)
    {
        Items = items;
        foreach (var item in items)
        {
            Height = Math.Max(Height, item.Height + 1);
            Values += item.Values;
            Characters += item.Characters;
        }
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<YamlNode> Items { get; }
}

/// <summary>A map. Names are unique.</summary>
internal sealed class YamlMap : YamlNode
{
    public YamlMap(int line, IReadOnlyList<(YamlScalar Name, YamlNode Value)> entries)
        : base(line)
    {
        Entries = entries;
        foreach (var (name, value) in entries)
        {
            Height = Math.Max(Height, value.Height + 1);
            Values += value.Values;
            Characters += name.Characters + value.Characters;
        }
    }

    /// <summary>The names and values, in the order of the text.</summary>
    public IReadOnlyList<(YamlScalar Name, YamlNode Value)> Entries { get; }
}
