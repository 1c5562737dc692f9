def samples():
    return {}
