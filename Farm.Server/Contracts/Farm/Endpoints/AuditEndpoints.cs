using System.Globalization;
using System.Text;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Views.Audit;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The audit, for administrators and operators (Contracts/Farm/Contract.md section 8).</summary>
internal sealed class AuditEndpoints(AuditReader audit)
{
    private const string CsvType = "text/csv";
    private const int DefaultLimit = 100;

    /// <summary>The most entries of one file.</summary>
    private const int MaxCsvLimit = 100_000;

    /// <summary>Reads the audit, newest first, as JSON or CSV.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        var isCsv = WantsCsv(context);
        var filter = Filter(context, isCsv);
        if (isCsv)
        {
            await WriteCsvAsync(context, filter);
            return;
        }

        // One more than is wanted tells whether there are more.
        var found = await audit.ReadAsync(context.Caller(), filter with { Limit = filter.Limit + 1 });
        var page = new AuditMessage(
            [.. found.Take(filter.Limit).Select(Message)], found.Count > filter.Limit && filter.Limit > 0 ? found[filter.Limit - 1].Id : null);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(page, FarmJson.Default.AuditMessage);
    }

    private async Task WriteCsvAsync(HttpContext context, AuditFilter filter)
    {
        var caller = context.Caller();
        var left = filter.Limit;
        var page = await audit.ReadAsync(caller, filter with { Limit = Math.Min(left, AuditReader.MaxLimit) });
        context.Response.ContentType = $"{CsvType}; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(AuditCsv.Header, context.RequestAborted);
        while (page.Count > 0)
        {
            var lines = new StringBuilder();
            foreach (var entry in page) lines.Append(AuditCsv.Line(Message(entry)));
            await context.Response.WriteAsync(lines.ToString(), context.RequestAborted);
            left -= page.Count;
            page = await audit.ReadAsync(caller, filter with { Limit = Math.Min(left, AuditReader.MaxLimit), OlderThan = page[^1].Id });
        }
    }

    private static bool WantsCsv(HttpContext context) => context.Request.Query["format"].ToString() switch
    {
        "" => context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(CsvType, StringComparison.OrdinalIgnoreCase)),
        "csv" => true,
        "json" => false,
        _ => throw FarmException.Invalid("\"format\" must be csv or json"),
    };

    private static AuditFilter Filter(HttpContext context, bool isCsv)
    {
        var query = context.Request.Query;
        return new AuditFilter
        {
            Who = Text("who"),
            Verb = Text("verb"),
            Target = Text("target"),
            Search = Text("q"),
            IsRefused = Text("result") switch
            {
                null => null,
                "refused" => true,
                "done" => false,
                _ => throw FarmException.Invalid("\"result\" must be done or refused"),
            },
            Since = Time("since"),
            Until = Time("until"),
            OlderThan = Text("before") switch
            {
                null => null,
                var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
                _ => throw FarmException.Invalid("\"before\" must be the id of an entry"),
            },
            Limit = isCsv ? context.Number("limit", MaxCsvLimit, MaxCsvLimit) : context.Number("limit", DefaultLimit, AuditReader.MaxLimit),
        };

        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

        long? Time(string name) => Text(name) switch
        {
            null => null,
            var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUnixTimeMilliseconds(),
            _ => throw FarmException.Invalid($"\"{name}\" must be a time such as 2026-11-30T08:00:00Z, or a date"),
        };
    }

    private static AuditEntryMessage Message(AuditEntry entry) => new(
        entry.Id, DateTimeOffset.FromUnixTimeMilliseconds(entry.At), entry.Who, entry.Address, entry.Via, entry.Verb,
        entry.Target.Kind.Length > 0 ? new AuditTargetMessage(entry.Target.Kind, entry.Target.Id, entry.Target.Name) : null,
        entry.Before, entry.After, entry.Refusal is null ? "done" : "refused", entry.Refusal, entry.Times);
}
