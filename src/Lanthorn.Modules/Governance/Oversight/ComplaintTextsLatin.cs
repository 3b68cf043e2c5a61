namespace Lanthorn.Governance.Oversight;

/// <summary>The words of the public door in English and French.</summary>
internal static class ComplaintTextsLatin
{
    public static readonly ComplaintTexts English = new()
    {
        Code = "en",
        Name = "English",
        Title = "Complaint",
        Lead =
            "Here you can complain about what an organisation that works with this system has done. You need no account and no name.",
        Kept =
            "This page sets no cookie and keeps no address of your device. What you write is kept encrypted, and the fundamental-rights officer reads it.",
        NotThis =
            "This is no emergency line and no application for asylum. If you are in danger, call the emergency number of the place where you are.",
        What = "What happened? When and where?",
        Reach = "How can you be reached? You may leave this empty.",
        Send = "Send the complaint",
        Got = "Your complaint has come in",
        WriteDown = "Write this code down. It is shown only now. With it you can read the answer on this page:",
        Read = "Read the answer to your complaint",
        YourCode = "Your code",
        Look = "Look",
        ReceivedOn = "Came in on",
        Waits = "It has come in and waits to be read.",
        Taken = "The officer is looking into it.",
        Answered = "It has been answered:",
        Empty = "Write what happened.",
        TooLong = "That is too long: at most 5,000 characters.",
        TooOften = "There were too many in a short time. Try again in an hour.",
        NoSuchReceipt = "No complaint has this code. Look at what you wrote down.",
    };

    public static readonly ComplaintTexts French = new()
    {
        Code = "fr",
        Name = "Français",
        NotReviewed =
            "Cette traduction n'a pas encore été relue par une personne de cette langue. Le texte anglais fait foi.",
        Title = "Plainte",
        Lead =
            "Ici, vous pouvez vous plaindre de ce qu'a fait une organisation qui travaille avec ce système. Il ne faut ni compte ni nom.",
        Kept =
            "Cette page ne pose aucun cookie et ne garde aucune adresse de votre appareil. Ce que vous écrivez est conservé chiffré, et lu par l'officier aux droits fondamentaux.",
        NotThis =
            "Ce n'est ni un numéro d'urgence ni une demande d'asile. En danger, appelez le numéro d'urgence du lieu où vous êtes.",
        What = "Que s'est-il passé ? Quand et où ?",
        Reach = "Comment vous joindre ? Vous pouvez laisser ceci vide.",
        Send = "Envoyer la plainte",
        Got = "Votre plainte est arrivée",
        WriteDown =
            "Notez ce code. Il n'est montré que maintenant. Avec lui, vous pourrez lire la réponse sur cette page :",
        Read = "Lire la réponse à votre plainte",
        YourCode = "Votre code",
        Look = "Regarder",
        ReceivedOn = "Arrivée le",
        Waits = "Elle est arrivée et attend d'être lue.",
        Taken = "L'officier l'examine.",
        Answered = "Elle a reçu une réponse :",
        Empty = "Écrivez ce qui s'est passé.",
        TooLong = "C'est trop long : 5 000 caractères au plus.",
        TooOften = "Il y en a eu trop en peu de temps. Réessayez dans une heure.",
        NoSuchReceipt = "Aucune plainte n'a ce code. Regardez ce que vous avez noté.",
    };
}
