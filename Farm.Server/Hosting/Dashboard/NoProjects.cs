using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Used when no protocol provides projects.</summary>
internal sealed class NoProjects : IFarmProjects
{
    /// <inheritdoc/>
    public bool IsEnabled => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectRow>> ReadProjectsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ProjectRow>>([]);

    /// <inheritdoc/>
    public Task<ProjectDetail?> FindProjectAsync(long projectId, CancellationToken cancellationToken) => Task.FromResult<ProjectDetail?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProjectMoment>>([]);

    /// <inheritdoc/>
    public Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellationToken) => NoneAsync<ProjectSecretTexts>();

    /// <inheritdoc/>
    public Task SetSecretAsync(long projectId, string secret, CancellationToken cancellationToken) => NoneAsync<bool>();

    /// <inheritdoc/>
    public Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellationToken) => NoneAsync<bool>();

    /// <inheritdoc/>
    public Task AcceptAsync(long projectId, long workerId, CancellationToken cancellationToken) => NoneAsync<bool>();

    /// <inheritdoc/>
    public Task RejectAsync(long projectId, long workerId, CancellationToken cancellationToken) => NoneAsync<bool>();

    /// <inheritdoc/>
    public Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellationToken) => NoneAsync<bool>();

    /// <inheritdoc/>
    public Task<long> ResetFailedAsync(long projectId, CancellationToken cancellationToken) => NoneAsync<long>();

    /// <inheritdoc/>
    public Task<long> ReclaimAsync(long projectId, CancellationToken cancellationToken) => NoneAsync<long>();

    /// <inheritdoc/>
    public Task<long> HardResetAsync(long projectId, CancellationToken cancellationToken) => NoneAsync<long>();

    private static Task<T> NoneAsync<T>() => Task.FromException<T>(new FarmActionException("Projects are not available on this farm."));
}
