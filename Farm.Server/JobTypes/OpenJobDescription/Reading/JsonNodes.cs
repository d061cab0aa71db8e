using System.Text;
using System.Text.Json;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Parses JSON into the same nodes as YAML, with line numbers.</summary>
internal static class JsonNodes
{
    /// <summary>Parses a text.</summary>
    /// <exception cref="TemplateSyntaxException">The text is not JSON, repeats a property or is too large.</exception>
    public static TemplateNode Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = TemplateNode.DeepestNesting });
        var lines = new LineCounter(bytes);
        try
        {
            reader.Read();
            var root = ReadNode(ref reader, lines);
            reader.Read();
            return root;
        }
        catch (JsonException broken)
        {
            throw new TemplateSyntaxException((int)(broken.LineNumber ?? 0) + 1, $"this is not JSON: {broken.Message.Split(" LineNumber:")[0].TrimEnd('.', ' ')}");
        }
    }

    private static TemplateNode ReadNode(ref Utf8JsonReader reader, LineCounter lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var list = new TemplateNode(NodeKind.List, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(ReadNode(ref reader, lines), null, line);
                return list;
            case JsonTokenType.StartObject:
                var map = new TemplateNode(NodeKind.Map, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var nameLine = lines.At(reader.TokenStartIndex);
                    var name = ReadText(ref reader, nameLine);
                    reader.Read();
                    map.Add(ReadNode(ref reader, lines), name, nameLine);
                }

                return map;
            case JsonTokenType.Number:
                var number = Encoding.ASCII.GetString(reader.ValueSpan);
                return new TemplateNode(number.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? NodeKind.Integer : NodeKind.Float, line, number == "-0" ? "0" : number);
            case JsonTokenType.True or JsonTokenType.False:
                return new TemplateNode(NodeKind.Boolean, line, reader.TokenType == JsonTokenType.True ? "true" : "false");
            case JsonTokenType.Null:
                return new TemplateNode(NodeKind.Null, line, "null");
            default:
                return new TemplateNode(NodeKind.Text, line, ReadText(ref reader, line));
        }
    }

    private static string ReadText(ref Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new TemplateSyntaxException(line, "this text has half of a character pair (\\ud800 to \\udfff)");
        }
    }

    /// <summary>Converts byte offsets to line numbers; offsets must not decrease between calls.</summary>
    private sealed class LineCounter(byte[] bytes)
    {
        private long _at;
        private int _line = 1;

        public int At(long place)
        {
            for (; _at < place; _at++)
            {
                if (bytes[_at] == '\n') _line++;
            }

            return _line;
        }
    }
}
