"""Addresses that themes, forms and tutorials show as examples; they are nobody's."""

from batchscrape.extracting.words import words

#: Names before the top-level domain that stand for "your domain".
_EXAMPLE_NAMES = words(
    "example exemple beispiel ejemplo esempio exemplo voorbeeld przyklad przykład esimerkki priklad příklad örnek "
    "yoursite yourdomain yourcompany yourwebsite yourname youremail yourbusiness yourbrand yourstore yourshop "
    "yourdomainname yourcompanyname yourorganization yourmail your-domain your-site your-company your-website "
    "mysite mydomain mywebsite mycompany myemail domainname companyname sitename websitename example-domain "
    "somedomain anydomain sampledomain samplesite reallygreatsite mail-domain emailaddress exampledomain "
    "ihredomain ihre-domain ihrefirma ihre-firma ihre-website ihrewebsite deinedomain deine-domain deinefirma "
    "musterfirma muster-firma mustermann musterdomain muster-domain musterseite beispielfirma beispieldomain "
    "votredomaine votre-domaine votresite votre-site votreentreprise monsite mondomaine nomdedomaine "
    "tudominio tuempresa tusitio tuweb midominio miempresa sudominio suempresa seudominio seusite suaempresa "
    "tuodominio tuosito tuaazienda miodominio nomeazienda twojadomena twojafirma twojastrona mojadomena "
    "uwdomein jouwdomein uwbedrijf jouwbedrijf dittdomän vasedomena vasefirma"
)
#: Real domains that stand for "your domain" after a generic name.
_GENERIC_DOMAINS = words(
    "domain.com email.com mail.com company.com website.com site.com test.com gmail.com domain.de email.de "
    "firma.de domain.org domain.net domain.tld domain.co domain.co.uk domaine.fr domaine.com dominio.com "
    "dominio.es dominio.it dominio.com.br empresa.com empresa.com.br azienda.it adres.pl domena.pl email.pl "
    "firma.pl email.cz domena.cz email.nl domein.nl bedrijf.nl email.fr email.it email.es correo.com provider.com "
    "provider.de abc.com xyz.com address.com organization.com doe.com bar.com foo.com b.com c.com xxx.com xxxx.com"
)
_GENERIC_NAMES = words(
    "user username name yourname your-name your.name your you email e-mail youremail your-email your.email mail "
    "me someone somebody anyone test info contact hello example demo john jane johndoe john.doe jane.doe janedoe "
    "johnsmith john.smith first.last firstname.lastname firstname lastname first last vorname.nachname vorname "
    "nachname ihr.name max.mustermann erika.mustermann mustermann nom prenom votrenom votre.email vous nombre "
    "tunombre usuario correo tucorreo tuemail tu ejemplo jan.kowalski imie imie.nazwisko nazwisko nome seunome "
    "voce utente tuonome naam jouwnaam uwnaam jmeno jan.novak admin support sample abc xyz a x foo bar xxx xxxx "
    "hi recipient sender customer client"
)
_ALWAYS = words(
    "first.last firstname.surname name.surname initial.surname firstinitial.lastname etunimi.sukunimi "
    "fornavn.etternavn fornavn.efternavn fornamn.efternamn förnamn.efternamn jmeno.prijmeni jméno.příjmení "
    "meno.priezvisko keresztnev.vezeteknev vezeteknev.keresztnev ad.soyad isim.soyisim naam.achternaam "
    "ime.prezime ime.priimek nume.prenume prenume.nume nombre.apellidos nome.sobrenome nome.apelido nom.prenom "
    "prénom.nom nachname.vorname vardas.pavarde vards.uzvards eesnimi.perenimi imię.nazwisko "
    "inicial.apellido v.nachname "
    "youremail your-email your.email your_email yourname your-name your.name your_name yourmail youraddress "
    "youremailaddress your-email-address votreemail votre.email votre-email votrenom tucorreo tuemail tu.email "
    "tu-email tunombre seuemail seu.email tuaemail latuaemail vorname.nachname firstname.lastname nombre.apellido "
    "prenom.nom nome.cognome imie.nazwisko voornaam.achternaam max.mustermann erika.mustermann maxmustermann "
    "deine.email deine-email deinemail ihre.email ihre-email ihremail ihr.name twojemail twoj.email jouwemail "
    "uwemail emailaddress example exampleemail xxx xxxx xxxxx"
)
#: The firm of every tutorial.
_EXAMPLE_DOMAINS = words("acme.com acme.org acme.co")
#: Domains of that kind where real people and firms have addresses too.
_REAL_GENERIC = words("gmail.com mail.com firma.de firma.pl azienda.it bar.com foo.com")
_REAL_GENERIC_NAMES = words("info contact hello admin support mail me test demo hi a x")


def is_pattern(local: str) -> bool:
    """Whether the name stands for a person's, as in vorname.nachname@, also at a domain of the site's own."""
    return local in _ALWAYS


def is_placeholder(local: str, registrable: str) -> bool:
    """Whether the address stands for "your address here"; the domain is the registrable one."""
    if registrable.partition(".")[0] in _EXAMPLE_NAMES or registrable in _EXAMPLE_DOMAINS:
        return True
    if registrable not in _GENERIC_DOMAINS or local not in _GENERIC_NAMES:
        return False
    return not (registrable in _REAL_GENERIC and local in _REAL_GENERIC_NAMES)
