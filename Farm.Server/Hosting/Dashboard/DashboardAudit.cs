using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Views.Audit;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The audit for the dashboard. To open its page without the right to see it is not an attack, so that is not written down.</summary>
internal sealed class DashboardAudit(AuditReader audit, DashboardPeople people, FarmApiAddress api) : IFarmAudit
{
    /// <inheritdoc/>
    public string? FileAddress => api.Root is { } root ? $"{root}/audit" : null;

    /// <inheritdoc/>
    public async Task<Page<ActivityRow>?> ReadAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        var caller = await people.CallerAsync();
        if (!caller.May(Permission.ReadAudit)) return null;
        var (entries, count) = await audit.ReadPageAsync(caller, new AuditFilter
        {
            Who = query.Who,
            Verb = query.Verb,
            Target = query.Target,
            Search = query.Search,
            IsRefused = query.IsRefused,
            Offset = Math.Max(0, query.Page.Offset),
            Limit = Math.Clamp(query.Page.Limit, 0, AuditReader.MaxLimit),
        });
        return new Page<ActivityRow>([.. entries.Select(Row)], DashboardValues.Number(count));
    }

    private static ActivityRow Row(AuditEntry entry) => new(
        entry.Id, DashboardValues.Time(entry.At), entry.Who, entry.Address, entry.Via, entry.Verb, entry.Target.Kind, entry.Target.Id, entry.Target.Name,
        entry.Before, entry.After, entry.Refusal, entry.Times);
}
