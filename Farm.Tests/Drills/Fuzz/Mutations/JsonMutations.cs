using System.Text;
using System.Text.Json;

namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Mutations of the structure of JSON. The result is often no valid JSON.</summary>
internal static class JsonMutations
{
    /// <summary>Changes a value, a name or a member; bytes, if it is no JSON any more.</summary>
    public static byte[] Mutate(byte[] json, Random random)
    {
        if (Parse(json) is not { Values.Count: > 0 } parsed) return ByteMutations.Mutate(json, random);
        var value = random.Pick(parsed.Values);
        var (start, end) = value;
        switch (random.Next(10))
        {
            case 0 when parsed.Names.Count > 0:
                var name = random.Pick(parsed.Names);
                return Splice(json, name, random.Chance(50) ? Quoted(random.Pick(HostileValues.Names)) : HostileName(random));
            case 1 when parsed.Members.Count > 0:
                var member = random.Pick(parsed.Members);
                return Splice(json, (member.End, member.End), [(byte)',', .. json[member.Start..member.End]]);
            case 2 when parsed.Members.Count > 0:
                member = random.Pick(parsed.Members);
                return Splice(json, (member.End, member.End), [(byte)',', .. Quoted(random.Pick(HostileValues.Names)), (byte)':', .. random.Pick(HostileValues.Json)]);
            case 3:
                return Splice(json, value, []);
            case 4:
                var depth = random.Pick([1, 3, 70, 1000]);
                return Splice(json, value, [.. HostileValues.Repeat("[", depth), .. json[start..end], .. HostileValues.Repeat("]", depth)]);
            case 5:
                var (otherStart, otherEnd) = random.Pick(parsed.Values);
                return Splice(json, value, json[otherStart..otherEnd]);
            case 6:
                return Splice(json, value, [(byte)'[', .. json[start..end], (byte)',', .. json[start..end], (byte)']']);
            default:
                return Splice(json, value, random.Pick(HostileValues.Json));
        }
    }

    private static byte[] HostileName(Random random) => random.Next(5) switch
    {
        0 => [(byte)'"', 0xFF, (byte)'"'],
        1 => "\"\\ud800\""u8.ToArray(),
        2 => "\"\""u8.ToArray(),
        3 => [(byte)'"', 0xC0, 0x80, (byte)'"'],
        _ => "\"\\u0000\""u8.ToArray(),
    };

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");

    private static byte[] Splice(byte[] source, (int Start, int End) at, ReadOnlySpan<byte> put) => [.. source[..at.Start], .. put, .. source[at.End..]];

    private static Parsed? Parse(byte[] json)
    {
        try
        {
            var parsed = new Parsed([], [], []);
            var reader = new Utf8JsonReader(json);
            var open = new Stack<(int Start, int Name)>();
            var named = -1;
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    named = start;
                    parsed.Names.Add((start, start + reader.ValueSpan.Length + 2));
                    continue;
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push((start, named));
                    named = -1;
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) (start, named) = open.Pop();
                parsed.Values.Add((start, (int)reader.BytesConsumed));
                if (named >= 0) parsed.Members.Add((named, (int)reader.BytesConsumed));
                named = -1;
            }

            return parsed;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where things are: start and end.</summary>
    private sealed record Parsed(List<(int Start, int End)> Values, List<(int Start, int End)> Names, List<(int Start, int End)> Members);
}
