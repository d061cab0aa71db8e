using Farm.Server.Domain;
using Farm.Server.Domain.Access;

namespace Farm.Server.Operations.Configuration;

/// <summary>The first-time setup of a farm (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal sealed class SetupAssistant(IFarmConfiguration configuration)
{
    /// <inheritdoc cref="IFarmConfiguration.SetUp"/>
    /// <exception cref="FarmException">The caller may not, or the directory cannot be used.</exception>
    public void Save(Caller caller, string storage, string? blender)
    {
        caller.Demand(Permission.ManageSettings);
        if (SharedStorageCheck.WhyNotAllowed(storage) is { } problem) throw FarmException.Invalid(problem);
        configuration.SetUp(storage, blender);
    }
}
