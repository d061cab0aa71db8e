namespace Farm.Server.Hosting.Https;

/// <summary>Says at the start which certificate is in use, and checks every few seconds whether it changed.</summary>
internal sealed class CertificateWatcher(CurrentCertificate certificate, TimeProvider time) : BackgroundService
{
    /// <summary>The time between two checks.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        certificate.Announce();
        using var timer = new PeriodicTimer(Between, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) certificate.Reload();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }
}
