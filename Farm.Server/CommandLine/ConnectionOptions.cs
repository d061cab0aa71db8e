using System.CommandLine;

namespace Farm.Server.CommandLine;

/// <summary>The options of commands that talk to a running farm.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _url = CommonOptions.Url();
    private readonly Option<string?> _fingerprint = CommonOptions.Fingerprint("The SHA-256 fingerprint of the farm's certificate, from the server's log; then no other certificate is accepted.");
    private readonly Option<string> _data = CommonOptions.Data();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_fingerprint);
        command.Add(_data);
    }

    /// <summary>Connects as the options say.</summary>
    /// <exception cref="CommandFailedException">The URL is invalid.</exception>
    public ManagerConnection Connect(ParseResult parsed) =>
        ManagerConnection.To(parsed.GetValue(_url), parsed.GetValue(_data)!, parsed.GetValue(_fingerprint));
}
