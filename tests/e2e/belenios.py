"""A second maker of ballots, written from protocol.md alone and sharing no line with the client: what the server accepts from it proves that
the two read the protocol alike, and it can make the wrong ballots that the client refuses to make. Variable time: for tests only."""

import base64
import hashlib
import json
import secrets

P = int(
    "206947856914225464010136436575050080649229892957511040971008847870573742192427174019222372544976843381290666331380789584049600"
    "543896362897963930387739057228036059737494276713767776188985898727358650490811670993105358677809800307904916540637771737641986"
    "785272734744763418356000356983051931442845617019110007867373073335641239717328979132404745788344682606523279746479511376726586"
    "935821800463179220736688600526271863633860887968821207694323661494910029234443463732221458841005864210502421203654335612013204"
    "81118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719")
G = int(
    "240235267750185220922768770353239993271228765737836491651007531878766327414635321932028567615526967879969466829874938909508389"
    "657342560190060106847716449173547413728310461045868131451178164675540052740288984613986453266121505579709716201616827031288643"
    "245666383486363578210615491841998253431518974065818686865115135857641013888221539601604322884360393098933366277284840659313840"
    "601023167509576377798266510360682240663507669776402534625377308513317349519424896775405257365904949247763147599157519877517771"
    "1481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627")
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441


def base64_hash(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def number_hash(prefix, *elements):
    return int.from_bytes(hashlib.sha256((prefix + ",".join(map(str, elements))).encode()).digest(), "big") % Q


def secret_of(code, uuid):
    """The secret credential that a voting code stands for in one election."""
    return int.from_bytes(hashlib.pbkdf2_hmac("sha256", code.encode(), uuid.encode(), 1000, 32), "big") % Q


def public_of(secret):
    return pow(G, secret, P)


def scalar():
    return secrets.randbelow(Q)


class Election:
    """The election record as the server publishes it, byte for byte."""

    def __init__(self, record):
        self.fingerprint = base64_hash(record)
        fields = json.loads(record)
        self.uuid = fields["uuid"]
        self.key = int(fields["public_key"])
        self.questions = fields["questions"]

    def prove(self, prefix, alpha, beta, r, values, true):
        """That (alpha, beta) encrypts one of `values`, without saying which."""
        proofs, commitments = [None] * len(values), []
        w = scalar()
        for index, value in enumerate(values):
            if index == true:
                commitments += [pow(G, w, P), pow(self.key, w, P)]
                continue
            c, response = scalar(), scalar()
            proofs[index] = (c, response)
            commitments += [pow(G, response, P) * pow(alpha, c, P) % P,
                            pow(self.key, response, P) * pow(beta * pow(G, -value, P), c, P) % P]
        total = number_hash(f"prove|{prefix}|{alpha},{beta}|", *commitments)
        c = (total - sum(proof[0] for proof in proofs if proof)) % Q
        proofs[true] = (c, (w - r * c) % Q)
        return [{"challenge": str(challenge), "response": str(response)} for challenge, response in proofs]

    def answer(self, bits, label, randomness=None):
        """One question: a bit for each of its answers."""
        pairs, rs = [], randomness or [scalar() for _ in bits]
        for bit, r in zip(bits, rs):
            pairs.append((pow(G, r, P), pow(self.key, r, P) * pow(G, bit, P) % P))
        individual = [self.prove(label, alpha, beta, r, (0, 1), bit) for (alpha, beta), r, bit in zip(pairs, rs, bits)]
        every = ",".join(f"{alpha},{beta}" for alpha, beta in pairs)
        product_alpha, product_beta = 1, 1
        for alpha, beta in pairs:
            product_alpha, product_beta = product_alpha * alpha % P, product_beta * beta % P
        overall = self.prove(f"{label}|{every}", product_alpha, product_beta, sum(rs) % Q, (0, 1), sum(bits))
        return {"choices": [{"alpha": str(alpha), "beta": str(beta)} for alpha, beta in pairs],
                "individual_proofs": individual, "overall_proof": overall}

    def unsigned(self, code, votes, **options):
        """votes: yes, no or blank for each question."""
        credential = str(public_of(secret_of(code, self.uuid)))
        label = f"{self.fingerprint}|{credential}"
        bits = {"yes": (1, 0), "no": (0, 1), "blank": (0, 0)}
        return {"election_uuid": self.uuid, "election_hash": self.fingerprint, "credential": credential,
                "answers": [self.answer(bits[vote], label, **options) for vote in votes]}

    def sign(self, ballot, code):
        """The ballot's exact bytes, signed under the credential: also where what it says is wrong."""
        body = {key: value for key, value in ballot.items() if key != "signature"}
        h = base64_hash(compact(body))
        w = scalar()
        c = number_hash(f"sig|{h}|", pow(G, w, P))
        response = (w - secret_of(code, self.uuid) * c) % Q
        return compact({**body, "signature": {"hash": h, "proof": {"challenge": str(c), "response": str(response)}}})

    def ballot(self, code, *votes):
        return self.sign(self.unsigned(code, votes), code)


def tracker(ballot):
    return base64_hash(ballot)


assert pow(G, Q, P) == 1 and P.bit_length() == 2048
