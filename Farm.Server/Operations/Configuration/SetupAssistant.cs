using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;

namespace Farm.Server.Operations.Configuration;

/// <summary>The first-time setup of a farm (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal sealed class SetupAssistant(IFarmConfiguration configuration, AuditLog audit)
{
    /// <inheritdoc cref="IFarmConfiguration.SetUp"/>
    /// <exception cref="FarmException">The caller may not, or the directory cannot be used.</exception>
    public Task SaveAsync(Caller caller, string storage, string? blender) => ChangeAsync(caller, () =>
    {
        if (SharedStorageCheck.WhyNotAllowed(storage) is { } problem) throw FarmException.Invalid(problem);
        return configuration.SetUp(storage, blender);
    });

    /// <inheritdoc cref="IFarmConfiguration.SetAccess"/>
    /// <exception cref="FarmException">The caller may not, or the file cannot be written.</exception>
    public Task SetAccessAsync(Caller caller, AccessMode access) => ChangeAsync(caller, () => configuration.SetAccess(access));

    private Task ChangeAsync(Caller caller, Func<IReadOnlyList<SettingChange>> change) => audit.RunAsync(caller, AuditVerb.ChangeSettings, action =>
    {
        caller.Demand(Permission.ManageSettings);
        var changes = change();
        action.Change(SettingChange.TextBefore(changes), SettingChange.TextAfter(changes));
        return Task.CompletedTask;
    });
}
