using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The projects of a farm without a protocol that has any.</summary>
internal sealed class NoProjects : IFarmProjects
{
    /// <inheritdoc/>
    public bool IsEnabled => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectRow>> ReadProjectsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ProjectRow>>([]);

    /// <inheritdoc/>
    public Task<ProjectDetail?> FindProjectAsync(long projectId, CancellationToken cancellation) => Task.FromResult<ProjectDetail?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int most, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ProjectMoment>>([]);

    /// <inheritdoc/>
    public Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellation) => None<ProjectSecretTexts>();

    /// <inheritdoc/>
    public Task SetSecretAsync(long projectId, string secret, CancellationToken cancellation) => None<bool>();

    /// <inheritdoc/>
    public Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellation) => None<bool>();

    /// <inheritdoc/>
    public Task AcceptAsync(long projectId, long workerId, CancellationToken cancellation) => None<bool>();

    /// <inheritdoc/>
    public Task RejectAsync(long projectId, long workerId, CancellationToken cancellation) => None<bool>();

    /// <inheritdoc/>
    public Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellation) => None<bool>();

    /// <inheritdoc/>
    public Task<long> ResetFailedAsync(long projectId, CancellationToken cancellation) => None<long>();

    /// <inheritdoc/>
    public Task<long> ReclaimAsync(long projectId, CancellationToken cancellation) => None<long>();

    /// <inheritdoc/>
    public Task<long> HardResetAsync(long projectId, CancellationToken cancellation) => None<long>();

    private static Task<T> None<T>() => Task.FromException<T>(new FarmActionException("This farm has no projects."));
}
