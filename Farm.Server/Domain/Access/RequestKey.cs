namespace Farm.Server.Domain.Access;

/// <summary>The key that a client gave its request, so that it has one effect even if the client sends it again.</summary>
/// <param name="digest">The SHA-256 of the key and of who sent it.</param>
/// <param name="turn">Tells this request from others with the same key.</param>
internal sealed class RequestKey(byte[] digest, Guid turn)
{
    private volatile bool _isUsed;

    /// <summary>The SHA-256 of the key and of who sent it.</summary>
    public byte[] Digest => digest;

    /// <summary>Tells this request from others with the same key.</summary>
    public Guid Turn => turn;

    /// <summary>Whether something was done under the key.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Remembers that something was done, and is on disk.</summary>
    public void Use() => _isUsed = true;
}
