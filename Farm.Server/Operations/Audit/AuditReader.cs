using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Audit;

namespace Farm.Server.Operations.Audit;

/// <summary>Reads the audit, for those who may.</summary>
internal sealed class AuditReader(IReadStore store, AuditLog audit)
{
    /// <summary>The most entries of one read.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The entries that match, newest first.</summary>
    /// <exception cref="FarmException">The caller may not read the audit.</exception>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(Caller caller, AuditFilter filter)
    {
        await audit.DemandAsync(caller, AuditVerb.ReadAudit, Permission.ReadAudit);
        return await Task.Run(() => store.Read(db => AuditView.Page(db, filter)));
    }

    /// <summary>The entries that match, and how many there are, up to <see cref="AuditView.MaxCount"/>.</summary>
    /// <exception cref="FarmException">The caller may not read the audit.</exception>
    public async Task<(IReadOnlyList<AuditEntry> Entries, long Count)> ReadPageAsync(Caller caller, AuditFilter filter)
    {
        await audit.DemandAsync(caller, AuditVerb.ReadAudit, Permission.ReadAudit);
        return await Task.Run(() => store.Read(db => ((IReadOnlyList<AuditEntry>)AuditView.Page(db, filter), AuditView.Count(db, filter))));
    }
}
