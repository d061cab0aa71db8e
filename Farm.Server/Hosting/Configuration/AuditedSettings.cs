using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Lets administrators read and replace the settings, and writes their changes to the audit.</summary>
internal sealed class AuditedSettings(CurrentSettings settings, AuditLog audit) : ISettingsDocument
{
    /// <inheritdoc/>
    public JsonObject Read(Caller caller)
    {
        caller.Demand(Permission.ManageSettings);
        return settings.Read();
    }

    /// <inheritdoc/>
    public Task ReplaceAsync(Caller caller, JsonObject document) => audit.RunAsync(caller, AuditVerb.ChangeSettings, action =>
    {
        caller.Demand(Permission.ManageSettings);
        var changes = settings.Replace(document);
        action.Change(SettingChange.TextBefore(changes), SettingChange.TextAfter(changes));
        return Task.CompletedTask;
    });
}
