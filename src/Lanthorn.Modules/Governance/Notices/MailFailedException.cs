namespace Lanthorn.Governance.Notices;

/// <summary>A message could not be handed to the mail server.</summary>
/// <param name="message">For the log: it names the cause and nobody's address.</param>
/// <param name="isOfOneAddress">The server takes messages, but not this one: others may go.</param>
internal sealed class MailFailedException(string message, bool isOfOneAddress, Exception inner)
    : Exception(message, inner)
{
    public bool IsOfOneAddress => isOfOneAddress;
}
