using System.Text;
using Farm.Tests.Contracts;

namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Values that no client sends by accident.</summary>
internal static class HostileValues
{
    /// <summary>Names of fields and parameters of all protocols.</summary>
    public static readonly string[] Names = [.. HostileBodyTests.Names.Split(' '), "limit", "offset", "since", "orderBy", "States", "count", "page", "groups", "from", "to", "requests", "task_id", "JobInfo"];

    /// <summary>JSON values, and some that are none.</summary>
    public static readonly byte[][] Json =
    [
        [(byte)'"', 0xFF, (byte)'"'], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'], [(byte)'"', 0xC0, 0x80, (byte)'"'], "\"\\ud800\""u8.ToArray(), "\"\\udfff\\ud800\""u8.ToArray(),
        "\"\\u0000\""u8.ToArray(), "\"\""u8.ToArray(), "\" \""u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(), "false"u8.ToArray(), "0"u8.ToArray(), "-1"u8.ToArray(), "-0"u8.ToArray(), "0.5"u8.ToArray(),
        "1e999999999"u8.ToArray(), "-1e999"u8.ToArray(), "1e-999999999"u8.ToArray(), "2147483647"u8.ToArray(), "2147483648"u8.ToArray(), "-2147483649"u8.ToArray(), "32768"u8.ToArray(),
        "9223372036854775807"u8.ToArray(), "9223372036854775808"u8.ToArray(), "-9223372036854775808"u8.ToArray(), "18446744073709551616"u8.ToArray(), "01"u8.ToArray(), "NaN"u8.ToArray(),
        Repeat("7", 5000), "[]"u8.ToArray(), "{}"u8.ToArray(), "[null]"u8.ToArray(), "[[]]"u8.ToArray(), "[{}]"u8.ToArray(), "[\"\\ud800\"]"u8.ToArray(), "{\"\\udc00\":\"\\ud800\"}"u8.ToArray(),
        [.. "{\""u8, 0xFF, .. "\":1}"u8], "{\"a\":1,\"a\":2}"u8.ToArray(), "{\"\":\"\"}"u8.ToArray(), Repeat("[", 2000), [.. Repeat("[", 60), .. Repeat("]", 60)], Repeat("{\"a\":", 500),
        [(byte)'"', .. Repeat("a", 20_000), (byte)'"'], [(byte)'"', .. Repeat("\\u00e9", 300), (byte)'"'], "\"../../etc/passwd\""u8.ToArray(), "\"/\""u8.ToArray(), "\"C:\\\\x\""u8.ToArray(),
        "\"{x}{{y}}$HOME`id`\""u8.ToArray(), "\"1-99999999999\""u8.ToArray(), "\"1-10x0\""u8.ToArray(), "\"-5--1\""u8.ToArray(), "\"2026-02-30T25:61:61Z\""u8.ToArray(), "\"9999-12-31T23:59:59.999Z\""u8.ToArray(),
        "\"0001-01-01T00:00:00+14:00\""u8.ToArray(), "\"00000000-0000-0000-0000-000000000000\""u8.ToArray(), "\"\\u001b[31m\\u202e\""u8.ToArray(), "\"%00%ff\""u8.ToArray(), "'a'"u8.ToArray(), "/*a*/1"u8.ToArray(),
    ];

    /// <summary>Bytes to put anywhere.</summary>
    public static readonly byte[][] Bytes =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0xAE], [(byte)'\r', (byte)'\n'], [(byte)'\n'], "\r\n\r\n"u8.ToArray(), [(byte)'"'], [(byte)'\\'], [(byte)'\''], [(byte)'{'],
        [(byte)']'], [(byte)','], [(byte)':'], [(byte)'%'], [(byte)'&'], [(byte)'='], [(byte)'\t'], [0x1B, (byte)'['], "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "%s%n"u8.ToArray(), "--"u8.ToArray(), Repeat("[", 300), Repeat("A", 5000),
    ];

    /// <summary>Pieces of YAML.</summary>
    public static readonly byte[][] Yaml =
    [
        Repeat("[", 2000), Repeat("{a: ", 300), Repeat("- ", 500), "&a [*a]"u8.ToArray(), "*nothing"u8.ToArray(), "&a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]"u8.ToArray(), "!!binary \"%%\""u8.ToArray(),
        "!!int x"u8.ToArray(), "0o77777777777777777777777"u8.ToArray(), "0xFFFFFFFFFFFFFFFFFFFFF"u8.ToArray(), "1:60:60"u8.ToArray(), ".inf"u8.ToArray(), "2026-13-45"u8.ToArray(), "<<: *x"u8.ToArray(), "? [a]\n: b"u8.ToArray(),
        "---\n---\n"u8.ToArray(), "%YAML 9.9\n---\n"u8.ToArray(), "\t"u8.ToArray(), "|\n"u8.ToArray(), "\"\\x\""u8.ToArray(), "\"\\ud800\""u8.ToArray(), "~"u8.ToArray(), "null"u8.ToArray(), [0xFF, 0xFE], Repeat("9", 5000),
    ];

    /// <summary>Segments of a path.</summary>
    public static readonly string[] Segments =
    [
        "", ".", "..", "%2e%2e", "..%2f..%2fetc", "%2f", "%5c", "%00", "a%00b", "%", "%zz", "%c0%80", "%ff", "%ed%a0%80", "%f4%90%80%80", "\u00c3\u00a9", "\u00ff", "%E2%80%AE", "*", "~", ":", "a:b", "con", "0", "-1", "1e9", "2147483648",
        "9223372036854775808", "99999999999999999999999", "00000000-0000-0000-0000-000000000000", "%7B%7D", "$x", "'", "\"", "<script>", "a;b", "a,b", "%25", "%2525", "%0d%0aX:y", new('a', 300), new('a', 3000),
        string.Concat(Enumerable.Repeat("%2f..", 100)),
    ];

    /// <summary>Values of a parameter in the query.</summary>
    public static readonly string[] Parameters = [.. Segments, "true", "1,2,,3", "a&a=b", "+", "=", "&&", "[]", "0.1", "NaN", "active&status=", "9999-12-31T23:59:59Z"];

    /// <summary>Methods.</summary>
    public static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "X", "M-SEARCH", "CONNECT", new('A', 200)];

    /// <summary>Lines of the head that replace one of the same name, or are added.</summary>
    public static readonly string[] Headers =
    [
        "Host: ", "Host: a..b", "Host: [", "Host: \u00ff", "Host: localhost:99999", "Host: evil.example", "Content-Type: ", "Content-Type: \u00ff", "Content-Type: text/plain", "Content-Type: application/json; charset=utf-7",
        "Content-Type: application/json; charset=none", "Content-Type: application/json; charset=utf-16", "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/x-www-form-urlencoded; charset=utf-7",
        "Content-Type: multipart/form-data", "Content-Type: multipart/form-data; boundary=", "Content-Type: multipart/form-data; boundary=\"\u00ff", "Content-Type: multipart/form-data; boundary=b0undary", "Content-Type: text/xml",
        "Content-Type: image/png", "Content-Type: image/jpeg", "Content-Type: application/zip", "Content-Type: a/b;c;d=;=e", "Content-Encoding: gzip", "Content-Encoding: br", "Expect: 100-continue", "Expect: x", "Accept: text/html",
        "Accept: application/json", "Accept: \u00ff", "Accept: */*;q=x", "Accept-Encoding: gzip, br", "Accept-Language: \u00ff", "Range: bytes=0-", "Range: bytes=5-1", "Range: bytes=-0,-1,0-0", "Range: bytes=99999999999999999999-", "If-None-Match: *",
        "If-None-Match: \"", "If-Match: W/\"x\"", "If-Modified-Since: x", "If-Range: \u00ff", "Origin: null", "Origin: http://evil.example", "Origin: \u00ff", "Referer: x", "Referer: http://localhost/\u00ff", "Sec-Fetch-Site: cross-site",
        "X-Forwarded-For: ::", "X-Forwarded-For: \u00ff,,1.2.3.4:5", "X-Forwarded-Host: a..b", "X-Forwarded-Proto: x", "Forwarded: for=\"", "Cookie: tt=", "Cookie: tt=\u00ff; tt=x;;=", "Authorization: ", "Authorization: Basic", "Authorization: Basic %%%",
        "Authorization: Basic /////w==", "Authorization: Bearer", "Authorization: Bearer \u00ff", "Authorization: Digest a=b", "api_key: ", "api_key: \u00ff", "X-Worker-ID: -1", "X-Worker-ID: 99999999999999999999", "X-Secret: %", "X-Secret: \u00ff",
        "X-Farm-Attempt: \u00ff", "X-Shaman-Can-Defer-Upload: x", "X-Shaman-Original-Filename: =?utf-8?q?=ff?=", "X-Shaman-Original-Filename: =?utf-8?b?/w==?=", "X-Hub-Signature-256: sha256=zz", "X-Gogs-Signature: \u00ff", "Upgrade: websocket",
        "Connection: upgrade", "Upgrade: h2c", "Access-Control-Request-Method: \u00ff", "Access-Control-Request-Method: POST", "X-HTTP-Method-Override: DELETE", "Transfer-Encoding: gzip", "Trailer: x", "TE: trailers", "Prefer: \u00ff", "Idempotency-Key: \u00ff",
        "Idempotency-Key: ", "Idempotency-Key: 1", "Idempotency-Key: 1", "Idempotency-Key: 2", "Idempotency-Key: 3", "Idempotency-Key: two words",
        $"X-Long: {new string('a', 9000)}", ": x", "X Y: z", "X-Empty:",
    ];

    /// <summary>A text many times.</summary>
    public static byte[] Repeat(string text, int count) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, count)));
}
