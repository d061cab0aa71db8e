using Farm.Server.Domain;

namespace Farm.Server.Operations.Configuration;

/// <summary>The first-time setup of a farm (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal sealed class SetupAssistant(IFarmConfiguration configuration)
{
    /// <inheritdoc cref="IFarmConfiguration.SetUp"/>
    /// <exception cref="FarmException">The directory cannot be used.</exception>
    public void Save(string storage, string? blender)
    {
        if (SharedStorageCheck.WhyNotAllowed(storage) is { } problem) throw FarmException.Invalid(problem);
        configuration.SetUp(storage, blender);
    }
}
