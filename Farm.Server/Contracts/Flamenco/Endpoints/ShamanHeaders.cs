using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>The headers of an upload (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal static partial class ShamanHeaders
{
    private const string CanDeferHeader = "X-Shaman-Can-Defer-Upload";
    private const string OriginalFilenameHeader = "X-Shaman-Original-Filename";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the client can upload the file later; false without the header.</summary>
    /// <exception cref="FlamencoException">The header is neither <c>true</c> nor <c>false</c>, in any case.</exception>
    public static bool CanDefer(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(CanDeferHeader, out var value)) return false;
        return bool.TryParse(value, out var can) ? can : throw FlamencoException.Malformed($"header {CanDeferHeader} must be true or false");
    }

    /// <summary>The client's name of the file, in ASCII or with RFC 2047 encoded words; null without the header.</summary>
    /// <exception cref="FlamencoException">The name cannot be decoded.</exception>
    public static string? OriginalFilename(IHeaderDictionary headers) =>
        headers.TryGetValue(OriginalFilenameHeader, out var value) ? Decode(value.ToString()) : null;

    /// <summary>Decodes the value of the header.</summary>
    /// <exception cref="FlamencoException">It cannot be decoded.</exception>
    public static string Decode(string value)
    {
        if (!Ascii.IsValid(value)) throw Undecodable();
        // White space between two encoded words is not part of the text.
        return EncodedWord().Replace(BetweenWords().Replace(value, ""), word => DecodeWord(
            word.Groups["charset"].Value, word.Groups["encoding"].Value, word.Groups["text"].Value));
    }

    private static string DecodeWord(string charset, string encoding, string text)
    {
        try
        {
            var bytes = encoding switch
            {
                "b" or "B" => Convert.FromBase64String(text),
                "q" or "Q" => DecodeQ(text),
                _ => throw new FormatException(),
            };
            return EncodingOf(charset).GetString(bytes);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw Undecodable();
        }
    }

    private static byte[] DecodeQ(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var value))
                throw new FormatException();
            bytes.Add(value);
            i += 2;
        }

        return [.. bytes];
    }

    private static Encoding EncodingOf(string charset) => charset.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => Utf8,
        "us-ascii" => Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        "iso-8859-1" or "latin1" => Encoding.Latin1,
        _ => throw new ArgumentException(charset),
    };

    private static FlamencoException Undecodable() =>
        FlamencoException.Malformed($"header {OriginalFilenameHeader} must be ASCII, or UTF-8 or ISO-8859-1 encoded as in RFC 2047");

    [GeneratedRegex(@"=\?(?<charset>[^?*\s]+)(\*[^?\s]*)?\?(?<encoding>[^?\s]+)\?(?<text>[^?\s]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords();
}
