using System.Text.Json;
using System.Text.RegularExpressions;

namespace Farm.Tests.Drills.Fuzz.Judging;

/// <summary>Says what is wrong with an answer.</summary>
/// <param name="secrets">What no answer may contain.</param>
/// <param name="paths">Paths of the machine, which only <see cref="TellPaths"/> may tell, and two pages, to administrators who signed in.</param>
internal sealed partial class Judge(IReadOnlyList<string> secrets, IReadOnlyList<string> paths)
{
    // Contracts/Farm/Contract.md (to administrators: where the backup is) and Contracts/Flamenco/Contract.md (the storage that workers share, and the settings file).
    private static readonly string[] TellPaths = ["/farm/v1/backup", "/farm/v1/audit", "/activity", "/v3/configuration"];

    private static readonly string[] PagesForAdministrators = ["/submit", "/backups"];

    // Refusals of the web server itself, of requests that it cannot read. They come before any route and have no body.
    private static readonly int[] OfWebServer = [400, 405, 408, 411, 413, 414, 431];
    private const int VersionNotSupported = 505;

    /// <summary>What is wrong; null if nothing is.</summary>
    public string? WhatIsWrong(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Outcome == Outcome.TimedOut) return "no answer in time";
        if (answer.Outcome != Outcome.Answered) return request.IsWhole ? $"the connection was closed ({answer.Outcome})" : null;
        if (answer.Status is < 101 or > 599) return $"status {answer.Status}";
        if (LeakOf(request, answer) is { } leak) return leak;
        if (IsOfWebServer(answer)) return answer.Status == VersionNotSupported && request.IsWhole ? "505 for HTTP/1.1" : null;
        var form = ErrorForm.Of(request.Target);
        // The path of a head whose bytes were changed is not known.
        if (request.MutateHead is not null) form = ErrorForm.None;
        if (answer.Status >= 500 && !IsAllowed(request, answer, form)) return $"{answer.Status} that no contract asks for";
        if (request.Method == "HEAD" || answer.Status is 101 or 204 or 304) return null;
        if (answer.Status >= 400 && !form.IsError(answer)) return $"{answer.Status} is not in the form of {form.Protocol}";
        return answer.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase) && !IsJson(answer) ? "the body is not JSON" : null;
    }

    private static bool IsAllowed(FuzzRequest request, FuzzAnswer answer, ErrorForm form) => request.Method == "HEAD"
        ? AllowedServerError.All.Any(allowed => (form == ErrorForm.None || allowed.Protocol == form.Protocol) && allowed.Status == answer.Status)
        : AllowedServerError.Find(form.Protocol, answer.Status, answer.Text) is not null || (form == ErrorForm.None && AllowedServerError.All.Any(allowed => allowed.Status == answer.Status && allowed.Text.IsMatch(answer.Text)));

    private string? LeakOf(FuzzRequest request, FuzzAnswer answer)
    {
        var text = answer.Head + answer.Text;
        var tellsPaths = TellPaths.Any(path => request.Target.Contains(path, StringComparison.OrdinalIgnoreCase))
            || (PagesForAdministrators.Any(page => request.Target.Contains(page, StringComparison.OrdinalIgnoreCase)) && request.Headers.Any(header => header.StartsWith("Cookie: ", StringComparison.Ordinal)));
        if (!tellsPaths && paths.FirstOrDefault(path => text.Contains(path, StringComparison.Ordinal)) is { } place) return $"it tells the path {place}";
        if (secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal)) is { } told) return $"it tells \"{told[..Math.Min(12, told.Length)]}…\"";
        return answer.Status >= 400 && Internals().Match(text) is { Success: true } found ? $"it tells internals: {found.Value}" : null;
    }

    /// <summary>Only the farm's own answers have this header.</summary>
    private static bool IsOfWebServer(FuzzAnswer answer) =>
        answer.Body.Length == 0 && answer.Header("X-Content-Type-Options").Length == 0 && (OfWebServer.Contains(answer.Status) || answer.Status == VersionNotSupported);

    private static bool IsJson(FuzzAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 1000 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\s+at \w+(\.\w+)+|\.cs:line \d|(System|Microsoft|Npgsql|Dapper|YamlDotNet)(\.\w+)+Exception|SQLite Error|SQLITE_|\bPath '|System\.Private|`\d\[", RegexOptions.Multiline)]
    private static partial Regex Internals();
}
