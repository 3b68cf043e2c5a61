using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lanthorn.Formats;

/// <summary>
/// What the headings of tables are called in the languages in which they come: English, French, German, Spanish, Italian,
/// Portuguese, Dutch, Turkish, Greek, Russian and Arabic. Our own list; a heading that is not in it is chosen once by a
/// person and remembered.
/// </summary>
public static class HeadingWords
{
    /// <summary>A line for each meaning: the properties that hold it, the best first, and the words for it.</summary>
    private const string Words = """
        name: name, full name, complete name, nom complet, nom et prenom, nom prenom, nombre completo, nombre y apellidos, name vollstandig, vollstandiger name, vollname, name vorname, nome completo, nome e cognome, nominativo, denominazione, denomination, raison sociale, razon social, ragione sociale, firma, firmenname, naam, volledige naam, ad soyad, adi soyadi, onoma, onomateponymo, ονομα, ονοματεπωνυμο, фио, имя и фамилия, полное имя, наименование, название, الاسم, اسم, الاسم الكامل, الاسم بالكامل, الاسم الثلاثي, الاسم الرباعي, ስም
        firstName,name: first, first name, given name, given names, forename, forenames, first names, christian name, prenom, prenoms, vorname, vornamen, nombre, nombres, nombre de pila, nome, nome proprio, voornaam, voornamen, ad, adi, ονομα μικρο, имя, الاسم الاول, الاسم الشخصي
        lastName,name: last, last name, surname, family name, nom, nom de famille, nachname, familienname, zuname, apellido, apellidos, primer apellido, cognome, apelido, apelidos, sobrenome, achternaam, familienaam, soyad, soyadi, επωνυμο, фамилия, اللقب, اسم العائلة, الكنية العائلية, النسب
        middleName,secondName: middle name, middle names, second name, second prenom, zweiter vorname, segundo nombre, secondo nome, tussenvoegsel, ikinci ad, второе имя, الاسم الثاني, اسم الاب الاوسط
        fatherName: father, father name, fathers name, name of father, nom du pere, name des vaters, vatersname, nombre del padre, nome del padre, nome do pai, paternita, baba adi, πατρωνυμο, отчество, имя отца, اسم الاب, اسم الوالد
        motherName: mother, mother name, mothers name, name of mother, nom de la mere, name der mutter, nombre de la madre, nome della madre, nome da mae, anne adi, μητρωνυμο, имя матери, اسم الام, اسم الوالدة
        alias: alias, aliases, aka, a k a, also known as, other name, other names, nickname, nick name, nicknames, street name, autre nom, autres noms, surnom, pseudonyme, dit, spitzname, aliasname, weitere namen, andere namen, otros nombres, apodo, altri nomi, soprannome, detto, alcunha, bijnaam, lakap, takma ad, ψευδωνυμο, прозвище, кличка, псевдоним, اسم الشهرة, الشهرة, الكنية, اسماء اخرى, يعرف باسم
        previousName,alias: previous name, former name, maiden name, nee, birth name, ancien nom, nom de naissance, nom de jeune fille, geburtsname, fruherer name, ehemaliger name, nombre anterior, apellido de soltera, nome precedente, cognome da nubile, ex nome, nome anterior, meisjesnaam, eski adi, прежнее имя, девичья фамилия, الاسم السابق
        title: title, titre, anrede, titel, titulo, titolo, unvan, титул, اللقب الرسمي
        birthDate: date of birth, birth date, birthdate, dob, d o b, born, born on, birthday, date de naissance, ne le, nee le, ne e le, date naissance, ddn, geburtsdatum, geburtstag, geboren, geboren am, geb datum, gebdatum, geb am, fecha de nacimiento, fecha nacimiento, nacimiento, f nacimiento, data di nascita, data nascita, nato il, nata il, data de nascimento, nascimento, geboortedatum, dogum tarihi, ημερομηνια γεννησης, дата рождения, родился, تاريخ الميلاد, تاريخ الولادة, الميلاد
        birthPlace: place of birth, birth place, birthplace, pob, born in, city of birth, lieu de naissance, ne a, geburtsort, lugar de nacimiento, luogo di nascita, nato a, local de nascimento, naturalidade, geboorteplaats, dogum yeri, τοπος γεννησης, место рождения, مكان الميلاد, مكان الولادة, محل الولادة
        birthCountry,birthPlace: country of birth, birth country, pays de naissance, geburtsland, pais de nacimiento, paese di nascita, stato di nascita, pais de nascimento, geboorteland, dogum ulkesi, страна рождения, بلد الميلاد, بلد الولادة
        deathDate: date of death, died, death date, date de deces, decede le, todesdatum, sterbedatum, gestorben, fecha de muerte, fecha de defuncion, data di morte, data de obito, olum tarihi, дата смерти, تاريخ الوفاة
        nationality,country: nationality, nationalities, nat, nationalite, nationalites, staatsangehorigkeit, staatsangehoerigkeit, nationalitat, nationalitaet, nacionalidad, nazionalita, nacionalidade, nationaliteit, uyruk, uyrugu, υπηκοοτητα, εθνικοτητα, гражданство, национальность, الجنسية, جنسية
        citizenship,nationality,country: citizenship, citizenships, citizen of, citoyennete, staatsburgerschaft, staatsbuergerschaft, ciudadania, cittadinanza, cidadania, staatsburgerschap, vatandaslik, المواطنة
        gender: gender, sex, sexe, genre, geschlecht, sexo, genero, sesso, genere, geslacht, cinsiyet, φυλο, пол, الجنس, النوع
        country: country, countries, country code, country of residence, residence country, pays, pays de residence, land, wohnsitzland, staat, pais, pais de residencia, paese, paese di residenza, nazione, ulke, χωρα, страна, البلد, الدولة, بلد الاقامة, دولة
        full,address: address, full address, residence, home address, postal address, adresse, adresse complete, domicile, anschrift, wohnanschrift, wohnort, direccion, domicilio, indirizzo, residenza, endereco, morada, adres, woonadres, ikamet, διευθυνση, адрес, место жительства, العنوان, عنوان السكن, محل الاقامة
        street,address: street, street address, address line, rue, voie, strasse, strasse und hausnummer, strasse hausnummer, calle, via, rua, straat, sokak, cadde, οδος, улица, الشارع
        postalCode,address: postal code, postcode, post code, zip, zip code, code postal, cp, plz, postleitzahl, codigo postal, cap, codice postale, codigo de endereco postal, cep, posta kodu, ταχυδρομικος κωδικας, индекс, почтовый индекс, الرمز البريدي
        city,address: city, town, ville, commune, localite, stadt, ort, gemeinde, ciudad, localidad, municipio, citta, comune, localita, cidade, stad, plaats, gemeente, sehir, il, πολη, город, населенный пункт, المدينة, مدينة
        region,address: region, province, district, departement, bundesland, kreis, provincia, estado, regione, distrito, provincie, ilce, περιοχη, регион, область, район, المحافظة, المنطقة, الولاية
        phone,number: phone, phone number, phones, telephone, telephone number, tel, mobile, mobile number, mobile phone, cell, cell phone, msisdn, whatsapp, viber, numero de telephone, telephone portable, portable, gsm, telefon, telefonnummer, rufnummer, handy, handynummer, mobil, mobilnummer, mobiltelefon, telefono, numero de telefono, movil, celular, telefono movil, numero di telefono, cellulare, telefone, telemovel, telefoon, telefoonnummer, mobiel, telefon numarasi, cep telefonu, cep, τηλεφωνο, κινητο, телефон, номер телефона, мобильный, الهاتف, رقم الهاتف, هاتف, الجوال, رقم الجوال, الموبايل, رقم الموبايل
        email: email, e mail, mail, email address, e mail address, mail address, courriel, adresse mail, adresse electronique, emailadresse, e mail adresse, correo, correo electronico, posta elettronica, indirizzo email, endereco de email, correio eletronico, eposta, e posta, ηλεκτρονικο ταχυδρομειο, почта, эл почта, электронная почта, البريد الالكتروني, بريد الكتروني, الايميل
        passportNumber,idNumber: passport, passport number, passport no, passport nr, pass no, numero de passeport, passeport, no passeport, n passeport, pass, passnummer, pass nr, reisepass, reisepassnummer, reisepass nr, pasaporte, numero de pasaporte, passaporto, numero passaporto, numero di passaporto, passaporte, numero do passaporte, paspoort, paspoortnummer, pasaport, pasaport no, διαβατηριο, αριθμος διαβατηριου, паспорт, номер паспорта, جواز السفر, رقم جواز السفر, رقم الجواز
        idNumber: identity card, id card, id card number, national id, national id number, national number, identity number, identification number, identity document, document number, doc no, document no, carte d identite, numero carte d identite, numero de piece d identite, cni, personalausweis, personalausweisnummer, ausweis, ausweisnummer, ausweis nr, dni, nie, cedula, documento, documento de identidad, numero de documento, carta d identita, numero documento, documento di identita, cartao de cidadao, bilhete de identidade, rg, identiteitskaart, bsn, kimlik no, tc kimlik no, ταυτοτητα, αριθμος ταυτοτητας, удостоверение личности, номер документа, رقم الهوية, الرقم الوطني, الرقم القومي, بطاقة الهوية, رقم البطاقة
        socialSecurityNumber: social security number, ssn, social security, numero de securite sociale, sozialversicherungsnummer, numero de seguridad social, amka, αμκα, снилс, رقم الضمان الاجتماعي
        taxNumber: tax number, tax id, tin, tax no, numero fiscal, steuernummer, steuer id, nif, nif cif, codice fiscale, partita iva, cpf, vergi no, αφμ, инн, الرقم الضريبي
        position: position, occupation, job, job title, profession, function, role, fonction, metier, beruf, tatigkeit, funktion, profesion, ocupacion, cargo, professione, occupazione, ruolo, profissao, beroep, functie, meslek, επαγγελμα, должность, профессия, المهنة, الوظيفة
        religion: religion, konfession, religione, religiao, din, религия, الديانة
        ethnicity: ethnicity, ethnic group, ethnie, ethnische zugehorigkeit, etnia, этническая принадлежность, القبيلة
        spokenLanguage: language, languages, spoken language, langue, langues, sprache, sprachen, idioma, lengua, lingua, taal, dil, γλωσσα, язык, языки, اللغة, اللغات
        eyeColor: eye color, eye colour, eyes, couleur des yeux, augenfarbe, color de ojos, colore degli occhi, цвет глаз, لون العينين
        hairColor: hair color, hair colour, hair, couleur des cheveux, haarfarbe, color de pelo, colore dei capelli, цвет волос, لون الشعر
        height: height, taille, grosse, korpergrosse, estatura, altezza, altura, lengte, boy, рост, الطول
        weight: weight, poids, gewicht, peso, kilo, вес, الوزن
        appearance,notes: appearance, description physique, distinguishing marks, marks, scars, signes particuliers, besondere kennzeichen, senas particulares, segni particolari, особые приметы, العلامات المميزة
        notes,remarks: notes, note, remark, remarks, comment, comments, observation, observations, remarque, remarques, commentaire, commentaires, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, notiz, notizen, hinweise, observacion, observaciones, comentario, comentarios, nota, notas, annotazioni, osservazioni, osservazione, commenti, observacoes, opmerking, opmerkingen, aciklama, not, σημειωσεις, παρατηρησεις, примечание, примечания, комментарий, ملاحظات, ملاحظة
        summary,description,notes: summary, description, details, information, resume, beschreibung, zusammenfassung, descripcion, resumen, descrizione, descricao, omschrijving, описание, الوصف, تفاصيل
        website: website, web site, web, homepage, site web, internetseite, webseite, sitio web, pagina web, sito web, sito, сайт, الموقع الالكتروني
        sourceUrl: url, link, source url, source link, lien, quelle url, enlace, fonte url, ссылка, الرابط
        topics: topics, topic
        keywords: keywords, tags, mots cles, stichworte, schlagworte, palabras clave, parole chiave, ключевые слова
        status: status, statut, estado actual, stato, durum, статус, الحالة
        program: programme, program, regime, sanctions programme, programa, programma
        registrationNumber: registration number, registration no, registration, reg no, reg number, company number, company registration number, registry number, register number, hrb, hrb nummer, handelsregisternummer, handelsregister, registernummer, siren, siret, rcs, numero rcs, numero d immatriculation, immatriculation, numero de registro, numero registro, matricula, cif, numero rea, numero di registrazione, targa, numero de matricula, nire, kvk, kvk nummer, kenteken, kennzeichen, kfz kennzeichen, nummernschild, plate, plate number, license plate, licence plate, number plate, plaque, plaque d immatriculation, plaka, αριθμος μητρωου, πινακιδα, огрн, регистрационный номер, госномер, номер машины, رقم التسجيل, السجل التجاري, رقم السجل التجاري, رقم اللوحة
        jurisdiction,country: jurisdiction, country of incorporation, country of registration, juridiction, pays d immatriculation, sitzland, registrierungsland, jurisdiccion, giurisdizione, юрисдикция, страна регистрации, بلد التسجيل
        incorporationDate,registrationDate: incorporation date, date of incorporation, founded, founding date, registration date, date of registration, date de creation, date d immatriculation, grundungsdatum, gruendungsdatum, fecha de constitucion, data di costituzione, data de constituicao, kurulus tarihi, дата регистрации, تاريخ التاسيس, تاريخ التسجيل
        dissolutionDate: dissolution date, dissolved, date de dissolution, auflosungsdatum, fecha de disolucion, data di scioglimento, дата ликвидации
        legalForm: legal form, company type, entity type, forme juridique, rechtsform, forma juridica, forma giuridica, natura giuridica, rechtsvorm, организационно правовая форма, الشكل القانوني
        sector: sector, industry, branch, secteur, activite, branche, sektor, actividad, settore, attivita, отрасль, القطاع, النشاط
        leiCode: lei, lei code
        vatCode: vat, vat number, vat no, vat id, ust id, ustid, umsatzsteuer id, numero de tva, tva, numero iva, btw nummer
        swiftBic,bic: bic, swift, swift code, bic code, swift bic, code bic
        imoNumber: imo, imo number, imo no, imo nr, numero imo, imo nummer, imo numero, номер имо, رقم المنظمة البحرية
        mmsi: mmsi, mmsi number
        callSign: call sign, callsign, radio call sign, indicatif, rufzeichen, indicativo, nominativo radio, позывной, نداء الاتصال
        flag,country: flag, flag state, flag country, pavillon, etat du pavillon, flagge, flaggenstaat, bandera, pabellon, bandiera, stato di bandiera, bandeira, vlag, bayrak, σημαια, флаг, العلم, علم السفينة
        pastFlags: former flag, former flags, past flags, anciens pavillons, fruhere flaggen
        registrationPort: port of registry, home port, port of registration, port d attache, heimathafen, puerto de matricula, porto di registrazione, порт приписки, ميناء التسجيل
        type: vessel type, ship type, type of vessel, vehicle type, type, type de navire, schiffstyp, fahrzeugtyp, tipo de buque, tipo, tipo di nave, tipo di veicolo, тип судна, тип, نوع السفينة, نوع المركبة
        model: model, make, make and model, brand, modele, marque, modell, marke, modelo, marca, modello, модель, марка, الطراز, الماركة
        buildDate: year built, built, build year, year of build, construction year, annee de construction, baujahr, ano de construccion, anno di costruzione, bouwjaar, год постройки, سنة الصنع
        grossRegisteredTonnage: gross tonnage, gt, grt, jauge brute, bruttoraumzahl, brz, arqueo bruto, stazza lorda
        serialNumber: serial number, vin, chassis number, numero de serie, seriennummer, fahrgestellnummer, numero de chasis, numero di telaio
        accountNumber: account number, account no, bank account, account, numero de compte, compte, kontonummer, konto, numero de cuenta, cuenta, numero di conto, conto, rekeningnummer, hesap no, номер счета, счет, رقم الحساب
        iban: iban, iban number, iban nummer
        bankName: bank, bank name, banque, bankname, banco, banca, банк, البنك, اسم البنك, المصرف
        currency: currency, devise, monnaie, wahrung, waehrung, moneda, divisa, valuta, moeda, para birimi, валюта, العملة
        balance: balance, solde, kontostand, saldo, остаток, الرصيد
        publicKey: wallet, wallet address, public key, adresse du portefeuille, wallet adresse, direccion de cartera, кошелек, عنوان المحفظة
        username: username, user name, account name, handle, login, screen name, nom d utilisateur, benutzername, usuario, nombre de usuario, nome utente, gebruikersnaam, kullanici adi, имя пользователя, логин, اسم المستخدم
        service: service, platform, plateforme, plattform, plataforma, piattaforma, платформа, المنصة
        latitude: latitude, lat, breitengrad, latitud, latitudine
        longitude: longitude, lon, lng, langengrad, longitud, longitudine
        """;

    private const string IdWords = """
        id, ids, identifier, ref, reference, reference number, ref no, ref nr, record id, row id, unique id, uid, key, no, nr, num,
        number, code, case no, case number, file number, file no, serial no, entry, entry no, numero, n, numero de dossier, dossier, reference dossier,
        identifiant, nummer, lfd nr, laufende nummer, kennung, aktenzeichen, az, vorgang, vorgangsnummer, referenz, referenznummer, schlussel,
        identificador, referencia, expediente, numero de expediente, codigo, identificativo, riferimento, protocollo, numero di protocollo, codice, numero pratica,
        processo, kenmerk, dossiernummer, zaaknummer, sira no, dosya no, αα, α α, αριθμος, κωδικος, номер, код, номер дела, идентификатор, п п, no п п,
        الرقم, رقم, م, الرقم التسلسلي, رقم الملف, رقم القضية, المعرف, الرمز
        """;

    /// <summary>Says whom a column is about, not what it holds.</summary>
    private static readonly FrozenSet<string> Neutral = FrozenSet.ToFrozenSet(
        [
            "subject",
            "person",
            "persons",
            "suspect",
            "applicant",
            "client",
            "customer",
            "individual",
            "target",
            "vessel",
            "ship",
            "company",
            "entity",
            "organisation",
            "organization",
            "the",
            "of",
            "s",
        ],
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<string, string[]> ByHeading = Words
        .Split('\n')
        .Select(line => line.Split(':', 2))
        .SelectMany(line =>
            line[1].Split(',').Select(word => (Word: Fold(word), Properties: line[0].Trim().Split(',')))
        )
        .GroupBy(w => w.Word, StringComparer.Ordinal)
        .ToFrozenDictionary(w => w.Key, w => w.SelectMany(p => p.Properties).ToArray(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Ids = IdWords.Split(',').Select(Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every property that some word leads to.</summary>
    public static IEnumerable<string> Properties =>
        ByHeading.Values.SelectMany(p => p).Distinct(StringComparer.Ordinal);

    /// <summary>The properties that a column so headed may hold, the best first; none where nobody knows.</summary>
    /// <param name="folded">The heading as <see cref="Fold"/> gives it.</param>
    public static IReadOnlyList<string> PropertiesOf(string folded)
    {
        var bare = WithoutNumber(folded);
        return ByHeading.GetValueOrDefault(folded)
            ?? ByHeading.GetValueOrDefault(bare)
            ?? ByHeading.GetValueOrDefault(string.Join(' ', bare.Split(' ').Where(w => !Neutral.Contains(w))))
            ?? [];
    }

    /// <summary>True for headings of columns that number rows or name files.</summary>
    public static bool IsId(string folded) => Ids.Contains(folded);

    /// <summary>The heading without the number that tells it from its like: alias 2 is another alias.</summary>
    public static string WithoutNumber(string folded)
    {
        var end = folded.LastIndexOf(' ');
        return end > 0 && folded.AsSpan(end + 1).ContainsAnyExceptInRange('0', '9') is false ? folded[..end] : folded;
    }

    /// <summary>
    /// Headings that are alike are the same: small letters without marks, words parted by one blank, so that
    /// <c>DateOfBirth</c>, <c>date_of_birth</c> and <c>Date of birth:</c> are one.
    /// </summary>
    public static string Fold(string heading)
    {
        var folded = new StringBuilder(heading.Length);
        var before = UnicodeCategory.SpaceSeparator;
        foreach (var rune in Sound(heading).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || rune.Value == Tatweel)
                continue;
            var isWord = Rune.IsLetterOrDigit(rune);
            if (folded.Length > 0 && folded[^1] != ' ' && (!isWord || IsBetweenWords(before, category)))
                folded.Append(' ');
            if (isWord)
                folded.Append(Small(rune));
            before = category;
        }
        return folded.ToString().Trim() is { Length: > 0 } text ? text : heading.Trim();
    }

    private const int Tatweel = 0x640;

    /// <summary>Without what is no character: files of strangers have it, and nothing can be normalised with it.</summary>
    private static string Sound(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == NoCharacter ? " " : rune.ToString()));

    private const int NoCharacter = 0xFFFE;

    private static bool IsBetweenWords(UnicodeCategory before, UnicodeCategory after) =>
        (before == UnicodeCategory.LowercaseLetter && after == UnicodeCategory.UppercaseLetter)
        || (before == UnicodeCategory.DecimalDigitNumber) != (after == UnicodeCategory.DecimalDigitNumber);

    private static string Small(Rune rune) =>
        Rune.ToLowerInvariant(rune).ToString() switch
        {
            "ß" => "ss",
            "ı" => "i",
            "ø" => "o",
            "ł" => "l",
            "đ" => "d",
            "æ" => "ae",
            "œ" => "oe",
            "ς" => "σ",
            var small => small,
        };
}
